// Tokens of the PDF and PostScript object syntax (ISO 32000-1, 7.2): content streams, CMaps, calculator functions.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes/bytes.h"

namespace sekisho::pdf {

enum class Lexeme : std::uint8_t {
    end,
    number,
    name,
    text,
    keyword,
    array_open,
    array_close,
    dictionary_open,
    dictionary_close,
    brace_open,
    brace_close
};

bool is_white(std::uint8_t c);
bool is_delimiter(std::uint8_t c);

class Lexer {
public:
    explicit Lexer(View view) : m_view(view) {}

    // Reads one token. `text()` is then its content, decoded; it lives until the next call.
    Lexeme next();
    std::string_view text() const { return m_text; }
    bool is(std::string_view keyword) const { return m_text == keyword; }

    std::size_t position() const { return m_position; }
    void seek(std::size_t position) { m_position = position; }
    View view() const { return m_view; }

private:
    void skip_space();
    Lexeme name();
    Lexeme literal();
    Lexeme hexadecimal();
    Lexeme word();

    View m_view;
    std::size_t m_position = 0;
    std::string_view m_text;
    std::string m_decoded;
};

} // namespace sekisho::pdf
