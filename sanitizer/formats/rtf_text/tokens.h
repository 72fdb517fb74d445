// RTF as tokens (RTF 1.9.1, "RTF Syntax").
#pragma once

#include <optional>
#include <string_view>

#include "base/bytes/bytes.h"

namespace sekisho::rtf_text {

struct Token {
    enum class Kind : std::uint8_t { open, close, word, symbol, octet, text, end };
    Kind kind = Kind::end;
    std::string_view text;              // of a word its name, of text the bytes; borrowed
    std::optional<std::int32_t> number; // of a word
    std::uint8_t value = 0;             // of a symbol its character, of an octet (\'xx) its value
};

class Tokens {
public:
    explicit Tokens(View rtf) : m_rest(as_text(rtf)) {}
    // Kind::end at the end, again and again. The bytes behind \bin are passed over.
    Token next();

private:
    Token control();
    Token word();
    void skip(std::size_t count);

    std::string_view m_rest;
};

} // namespace sekisho::rtf_text
