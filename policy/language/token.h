// The words that a policy is made of.
#pragma once

#include <cstdint>
#include <string>

#include "policy/language/source.h"

namespace sekisho::policy {

enum class TokenKind : std::uint8_t {
    word,          // a name or a keyword: which one depends on where it stands
    text,          // "in quotes"; Token::text is without them
    number,        // Token::value
    size,          // Token::value in bytes
    date,          // Token::value in days since 1970-01-01
    time,          // Token::value in minutes since midnight
    address,       // of a machine: IP or MAC, as written
    comma,         // ,
    equals,        // =
    open,          // (
    close,         // )
    range,         // ..
    less,          // <
    less_equal,    // <=
    greater,       // >
    greater_equal, // >=
    end
};

struct Token {
    TokenKind kind = TokenKind::end;
    Span at;
    std::string text;
    std::uint64_t value = 0;
    bool first_of_statement = false; // a word in the first column that continues nothing
};

// As it stands in the source, for messages.
inline std::string as_written(const Token& token) {
    return token.kind == TokenKind::text ? '"' + token.text + '"' : token.text;
}

} // namespace sekisho::policy
