// The clear text encoding of ISO 10303-21, read strictly.
#pragma once

#include <string>

#include "base/bytes/bytes.h"

namespace sekisho::sxf {

class Lexer {
public:
    explicit Lexer(View file) : m_text(as_text(file)) {}

    // White space; and comments, which are counted.
    void skip();
    void skip_white_space();
    bool comments() const { return m_comments; }
    bool converted() const { return m_converted; } // a string held bytes beyond ASCII
    bool cleaned() const { return m_cleaned; }     // a string held characters that were taken off

    bool at_end() const { return m_text.empty(); }
    char peek() const { return m_text.empty() ? '\0' : m_text.front(); }
    bool starts(std::string_view text) const { return m_text.starts_with(text); }
    std::string_view rest() const { return m_text; }
    void advance(std::size_t count) { m_text.remove_prefix(count); }

    // Each skips what is before it and refuses Reason::cad_damaged for anything else.
    Result<> take(std::string_view text);
    bool take_if(char c);
    Result<std::string_view> keyword(); // capitals, digits, "_" and "-"
    Result<std::uint64_t> instance();   // "#10"
    Result<std::string> string();       // its characters in UTF-8
    Result<std::string_view> number();

private:
    Result<> escape(std::string& utf8);
    Result<> wide(std::string& utf8, std::size_t digits);
    Result<> raw(std::string& utf8);

    std::string_view m_text;
    bool m_comments = false, m_converted = false, m_cleaned = false;
};

// A string with its quotes: ASCII as it is, the rest as "\X2\...\X0\".
void put_string(std::string& out, std::string_view utf8);
// A real or an integer as it was; false for what is no number.
bool put_number(std::string& out, std::string_view text);

} // namespace sekisho::sxf
