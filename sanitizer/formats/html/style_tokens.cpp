#include "sanitizer/formats/html/style_tokens.h"

#include <algorithm>

namespace sekisho::html {

namespace {

using Kind = CssToken::Kind;

constexpr std::size_t most_tokens = 1'000'000, longest_name = 256, longest_text = 4096;

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_name_start(char c) {
    const char lower = static_cast<char>(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_name(char c) {
    return is_name_start(c) || is_digit(c) || c == '-';
}
std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return text;
}

class Reader {
public:
    explicit Reader(std::string_view css) : m_in(css) {}

    std::vector<CssToken> run() {
        while (m_at < m_in.size()) {
            if (m_tokens.size() >= most_tokens) {
                put(Kind::bad, "");
                break;
            }
            if (!comment()) token();
        }
        return std::move(m_tokens);
    }

private:
    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_in.size() ? m_in[m_at + ahead] : '\0'; }
    void put(Kind kind, std::string text) { m_tokens.push_back({kind, std::move(text)}); }

    bool comment() {
        if (peek() != '/' || peek(1) != '*') return false;
        const std::size_t end = m_in.find("*/", m_at + 2);
        m_at = end == m_in.npos ? m_in.size() : end + 2;
        return true;
    }

    void token() {
        const char c = peek();
        if (is_blank(c)) return blank();
        if (c == '"' || c == '\'') return quoted(c);
        if (is_digit(c) || ((c == '.' || c == '+' || c == '-') && number_follows())) return number();
        if (c == '#' || c == '@') return marked(c);
        if (is_name_start(c) || c == '\\' || (c == '-' && (is_name(peek(1)) || peek(1) == '\\'))) return name();
        ++m_at;
        put(Kind::mark, std::string(1, c));
    }

    void blank() {
        while (m_at < m_in.size() && is_blank(peek())) ++m_at;
        put(Kind::blank, " ");
    }

    bool number_follows() const {
        if (peek() == '.') return is_digit(peek(1));
        return is_digit(peek(1)) || (peek(1) == '.' && is_digit(peek(2)));
    }

    void number() {
        std::string text;
        if (peek() == '+' || peek() == '-') text += m_in[m_at++];
        while (is_digit(peek())) text += m_in[m_at++];
        if (peek() == '.' && is_digit(peek(1))) {
            text += m_in[m_at++];
            while (is_digit(peek())) text += m_in[m_at++];
        }
        if (peek() == '%')
            text += m_in[m_at++];
        else
            while (m_at < m_in.size() && is_name(peek()) && static_cast<unsigned char>(peek()) < 0x80)
                text += m_in[m_at++];
        put(text.size() > longest_name ? Kind::bad : Kind::number, text);
    }

    void marked(char c) {
        ++m_at;
        bool good = true;
        std::string text = read_name(good);
        if (text.empty() && good) return put(Kind::mark, std::string(1, c));
        put(!good ? Kind::bad : c == '#' ? Kind::hash : Kind::at, c == '@' ? lower(text) : text);
    }

    void name() {
        bool good = true;
        std::string text = read_name(good);
        if (peek() != '(') return put(good ? Kind::ident : Kind::bad, text);
        ++m_at;
        text = lower(std::move(text));
        if (text == "url" || text == "src") return url();
        put(good ? Kind::function : Kind::bad, text);
    }

    void url() {
        const std::size_t end = m_in.find(')', m_at);
        m_at = end == m_in.npos ? m_in.size() : end + 1;
        put(Kind::url, "");
    }

    // Escapes decoded; `good` is false if they bring what a name does not need.
    std::string read_name(bool& good) {
        std::string text;
        while (m_at < m_in.size()) {
            if (peek() == '\\')
                escape(text, good);
            else if (is_name(peek()))
                text += m_in[m_at++];
            else
                break;
            good = good && text.size() <= longest_name;
        }
        return text;
    }

    void escape(std::string& text, bool& good) {
        ++m_at;
        unsigned value = 0;
        int digits = 0;
        for (; digits < 6; ++digits) {
            const char c = static_cast<char>(peek() | 0x20);
            const bool hex = c >= 'a' && c <= 'f';
            if (m_at >= m_in.size() || (!is_digit(peek()) && !hex)) break;
            value = value * 16 + static_cast<unsigned>(hex ? c - 'a' + 10 : peek() - '0');
            ++m_at;
        }
        if (digits > 0 && is_blank(peek())) ++m_at;
        if (digits == 0 && m_at < m_in.size()) value = static_cast<unsigned char>(m_in[m_at++]);
        if (value < 0x80 && is_name(static_cast<char>(value)))
            text += static_cast<char>(value);
        else
            good = false;
    }

    void quoted(char quote) {
        ++m_at;
        std::string text;
        bool good = true;
        while (m_at < m_in.size() && peek() != quote) {
            const char c = m_in[m_at++];
            if (c == '\\') ++m_at;
            good = good && c != '\\' && c != '<' && c != '&' && c != '"' && static_cast<unsigned char>(c) >= 0x20 &&
                   text.size() < longest_text;
            if (good) text += c;
        }
        m_at = std::min(m_at + 1, m_in.size());
        put(good ? Kind::text : Kind::bad, text);
    }

    std::string_view m_in;
    std::size_t m_at = 0;
    std::vector<CssToken> m_tokens;
};

} // namespace

std::vector<CssToken> css_tokens(std::string_view css) {
    return Reader(css).run();
}

} // namespace sekisho::html
