// HTML into tokens as browsers see them with scripting switched off (HTML standard, 13.2.5).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::html {

struct Attribute {
    std::string name;  // ASCII letters in lower case
    std::string value; // character references resolved
};

struct Token {
    enum class Kind : std::uint8_t { text, start, end, comment, doctype, done };
    Kind kind = Kind::done;
    std::string text; // of text; of a tag its name in lower case; of a comment not empty if there was one
    std::vector<Attribute> attributes; // the first of each name
    bool self_closing = false;
    bool dropped_attributes = false; // there were more than anyone writes
};

class Tokenizer {
public:
    explicit Tokenizer(std::string_view utf8) : m_in(utf8) {}

    // False at the end. Text comes in pieces of bounded size.
    bool next(Token& token);

private:
    bool markup(Token& token);
    void tag(Token& token, bool end);
    void attributes(Token& token);
    void attribute(Token& token);
    std::string value();
    void text(Token& token);
    void raw(Token& token);
    void comment(Token& token);
    void bogus_comment(Token& token);

    bool at_end() const { return m_at >= m_in.size(); }
    bool starts_tag(std::size_t at) const;
    void skip_blanks();

    std::string_view m_in;
    std::size_t m_at = 0;
    std::string m_raw; // the element whose content is raw text now
};

// Resolves character references: numbers as the standard says, names of entities.def. In attributes a name without a
// semicolon before a letter, digit or "=" is none.
std::string resolve_references(std::string_view text, bool in_attribute);

} // namespace sekisho::html
