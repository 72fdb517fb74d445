// A strict tokenizer of PDF syntax (ISO 32000-2, 7.2): what Poppler would repair is an error here.
#pragma once

#include <string>

#include "base/bytes/bytes.h"

namespace sekisho::verify {

struct Token {
    enum class Kind : std::uint8_t {
        end,
        integer,
        real,
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
    Kind kind = Kind::end;
    std::string_view raw;    // the bytes in the file; for a name without its slash
    std::size_t begin = 0;   // offset of the first byte
    std::int64_t number = 0; // of an integer

    bool is(Kind other) const { return kind == other; }
    bool is_keyword(std::string_view word) const { return kind == Kind::keyword && raw == word; }
    bool is_number() const { return kind == Kind::integer || kind == Kind::real; }
};

enum class Comments : std::uint8_t { refused, skipped };

class Lexer {
public:
    explicit Lexer(View view, Comments comments = Comments::refused) : m_text(as_text(view)), m_comments(comments) {}

    Result<Token> next();
    std::size_t position() const { return m_position; }
    void seek(std::size_t position) { m_position = position; }
    std::string_view text() const { return m_text; }

private:
    Result<> skip_space();
    Result<Token> name();
    Result<Token> literal_text();
    Result<Token> hexadecimal_text();
    Result<Token> number_or_keyword();
    Token finish(Token::Kind kind, std::size_t begin) const;

    std::string_view m_text;
    std::size_t m_position = 0;
    Comments m_comments;
};

bool is_space(char byte);
// A whole dictionary, array or simple object, without streams. Keywords other than true, false, null and R are refused.
Result<> skip_object(Lexer& lexer);
// The same with the first token already taken.
Result<> skip_object(Lexer& lexer, const Token& first);

// After an integer: takes "0 R" if that follows.
Result<> skip_rest_of_reference(Lexer& lexer);

} // namespace sekisho::verify
