#include "sanitizer/formats/html/tokenizer.h"

#include <algorithm>
#include <array>

namespace sekisho::html {

namespace {

constexpr std::size_t longest_text = 64 * 1024, most_attributes = 256;

bool is_letter(char c) {
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'z';
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

char lower_of(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// Elements whose content is text up to their own end tag. With scripting off <noscript> is not one of them.
bool is_raw(std::string_view name) {
    constexpr std::array names{
        std::string_view("script"),  std::string_view("style"),    std::string_view("title"),
        std::string_view("iframe"),  std::string_view("textarea"), std::string_view("xmp"),
        std::string_view("noembed"), std::string_view("noframes"), std::string_view("plaintext")};
    return std::ranges::find(names, name) != names.end();
}

bool is_same_name(std::string_view text, std::string_view name) {
    if (text.size() < name.size()) return false;
    for (std::size_t i = 0; i < name.size(); ++i)
        if (lower_of(text[i]) != name[i]) return false;
    return text.size() == name.size() || is_blank(text[name.size()]) || text[name.size()] == '/' ||
           text[name.size()] == '>';
}

// The place of "</name" in `text`, or its end.
std::size_t end_of_raw(std::string_view text, std::string_view name) {
    if (name == "plaintext") return text.size();
    for (std::size_t at = text.find("</"); at != text.npos; at = text.find("</", at + 2))
        if (is_same_name(text.substr(at + 2), name)) return at;
    return text.size();
}

} // namespace

bool Tokenizer::starts_tag(std::size_t at) const {
    if (m_in[at] != '<' || at + 1 >= m_in.size()) return false;
    const char next = m_in[at + 1];
    if (is_letter(next) || next == '!' || next == '?') return true;
    return next == '/' && at + 2 < m_in.size();
}

bool Tokenizer::next(Token& token) {
    token = Token();
    if (!m_raw.empty()) {
        raw(token);
        if (!token.text.empty()) return true;
    }
    if (at_end()) return false;
    if (starts_tag(m_at)) return markup(token);
    text(token);
    return true;
}

bool Tokenizer::markup(Token& token) {
    const char second = m_in[m_at + 1];
    if (second == '!' || second == '?') {
        comment(token);
        return true;
    }
    if (second != '/') {
        tag(token, false);
        return true;
    }
    if (is_letter(m_in[m_at + 2])) {
        tag(token, true);
        return true;
    }
    if (m_in[m_at + 2] == '>') { // "</>" is nothing
        m_at += 3;
        token.kind = Token::Kind::comment;
        return true;
    }
    bogus_comment(token);
    return true;
}

void Tokenizer::text(Token& token) {
    token.kind = Token::Kind::text;
    // A piece at a time, so that a long text is not searched again and again.
    const std::string_view window = m_in.substr(0, std::min(m_in.size(), m_at + longest_text));
    std::size_t end = window.find('<', m_at + 1);
    while (end != window.npos && !starts_tag(end)) end = window.find('<', end + 1);
    if (end == window.npos) {
        end = window.size();
        // Not within a character reference or a character.
        if (end < m_in.size()) {
            const std::size_t blank = window.find_last_of(" \t\r\n>;");
            if (blank != window.npos && blank > m_at) end = blank + 1;
            while (end > m_at + 1 && (static_cast<unsigned char>(m_in[end]) & 0xC0) == 0x80) --end;
        }
    }
    token.text = resolve_references(m_in.substr(m_at, end - m_at), false);
    m_at = end;
}

void Tokenizer::raw(Token& token) {
    const std::string name = std::move(m_raw);
    m_raw.clear();
    const std::size_t length = end_of_raw(m_in.substr(m_at), name);
    const std::string_view content = m_in.substr(m_at, length);
    m_at += length;
    token.kind = Token::Kind::text;
    const bool resolved = name == "title" || name == "textarea";
    token.text = resolved ? resolve_references(content, false) : std::string(content);
}

void Tokenizer::comment(Token& token) {
    const std::string_view rest = m_in.substr(m_at);
    if (!rest.starts_with("<!--")) return bogus_comment(token);
    token.kind = Token::Kind::comment;
    token.text = "comment";
    std::size_t end = m_in.npos, after = 0;
    if (rest.starts_with("<!-->")) {
        end = 5;
    } else if (rest.starts_with("<!--->")) {
        end = 6;
    } else {
        const std::size_t plain = rest.find("-->", 4), bang = rest.substr(0, plain).find("--!>", 4);
        after = bang < plain ? 4 : 3;
        end = std::min(plain, bang);
        if (end != rest.npos) end += after;
    }
    m_at = end == rest.npos ? m_in.size() : m_at + end;
}

// "<!doctype ...>", "<?...>", "<![CDATA[...", "</ ...>": all up to the next ">".
void Tokenizer::bogus_comment(Token& token) {
    const std::string_view rest = m_in.substr(m_at);
    token.kind =
        is_same_name(rest.substr(2), "doctype") && rest[1] == '!' ? Token::Kind::doctype : Token::Kind::comment;
    token.text = "comment";
    const std::size_t end = rest.find('>');
    m_at = end == rest.npos ? m_in.size() : m_at + end + 1;
}

void Tokenizer::skip_blanks() {
    while (!at_end() && is_blank(m_in[m_at])) ++m_at;
}

void Tokenizer::tag(Token& token, bool end) {
    token.kind = end ? Token::Kind::end : Token::Kind::start;
    m_at += end ? 2 : 1;
    while (!at_end() && !is_blank(m_in[m_at]) && m_in[m_at] != '/' && m_in[m_at] != '>')
        token.text += lower_of(m_in[m_at++]);
    attributes(token);
    if (at_end()) { // a tag that never ends is dropped with all of it
        token = Token();
        token.kind = Token::Kind::comment;
        return;
    }
    ++m_at; // '>'
    if (!end && is_raw(token.text)) m_raw = token.text;
}

void Tokenizer::attributes(Token& token) {
    for (;;) {
        skip_blanks();
        if (at_end() || m_in[m_at] == '>') return;
        if (m_in[m_at] == '/') {
            ++m_at;
            token.self_closing = !at_end() && m_in[m_at] == '>';
            continue;
        }
        attribute(token);
    }
}

void Tokenizer::attribute(Token& token) {
    Attribute made;
    if (m_in[m_at] == '=') made.name += m_in[m_at++]; // part of the name, says the standard
    while (!at_end() && !is_blank(m_in[m_at]) && m_in[m_at] != '/' && m_in[m_at] != '>' && m_in[m_at] != '=')
        made.name += lower_of(m_in[m_at++]);
    skip_blanks();
    if (!at_end() && m_in[m_at] == '=') {
        ++m_at;
        skip_blanks();
        made.value = value();
    }
    if (std::ranges::find(token.attributes, made.name, &Attribute::name) != token.attributes.end()) return;
    if (token.attributes.size() >= most_attributes) {
        token.dropped_attributes = true;
        return;
    }
    token.attributes.push_back(std::move(made));
}

std::string Tokenizer::value() {
    if (at_end() || m_in[m_at] == '>') return {};
    const char quote = m_in[m_at];
    std::size_t end = 0;
    const bool quoted = quote == '"' || quote == '\'';
    if (quoted)
        end = m_in.find(quote, ++m_at);
    else
        end = m_in.find_first_of(" \t\n\r\f>", m_at);
    end = std::min(end, m_in.size());
    const std::string_view raw = m_in.substr(m_at, end - m_at);
    m_at = std::min(end + (quoted ? 1 : 0), m_in.size());
    return resolve_references(raw, true);
}

} // namespace sekisho::html
