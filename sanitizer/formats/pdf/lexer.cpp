#include "sanitizer/formats/pdf/lexer.h"

#include <algorithm>
#include <array>

namespace sekisho::pdf {

namespace {

enum : std::uint8_t { regular, white, delimiter };

constexpr std::array<std::uint8_t, 256> classes = [] {
    std::array<std::uint8_t, 256> table{};
    for (const char c : {'\0', '\t', '\n', '\f', '\r', ' '}) table[static_cast<std::uint8_t>(c)] = white;
    for (const char c : {'(', ')', '<', '>', '[', ']', '{', '}', '/', '%'})
        table[static_cast<std::uint8_t>(c)] = delimiter;
    return table;
}();

int hex_value(std::uint8_t c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_number(std::string_view word) {
    bool digits = false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = word[i];
        if (c >= '0' && c <= '9')
            digits = true;
        else if (c != '.' && c != '-' && !(c == '+' && i == 0))
            return false;
    }
    // A lone "-" or "." counts as zero in every reader.
    return digits || word == "-" || word == "." || word == "-.";
}

} // namespace

bool is_white(std::uint8_t c) {
    return classes[c] == white;
}
bool is_delimiter(std::uint8_t c) {
    return classes[c] == delimiter;
}

void Lexer::skip_space() {
    while (m_position < m_view.size()) {
        const std::uint8_t c = m_view[m_position];
        if (c == '%') {
            while (m_position < m_view.size() && m_view[m_position] != '\n' && m_view[m_position] != '\r') ++m_position;
        } else if (!is_white(c)) {
            return;
        } else {
            ++m_position;
        }
    }
}

Lexeme Lexer::next() {
    while (true) {
        skip_space();
        m_text = {};
        if (m_position >= m_view.size()) return Lexeme::end;
        const std::uint8_t c = m_view[m_position];
        if (classes[c] == regular) return word();
        ++m_position;
        const bool doubled = m_position < m_view.size() && m_view[m_position] == c;
        switch (c) {
        case '/':
            return name();
        case '(':
            return literal();
        case '[':
            return Lexeme::array_open;
        case ']':
            return Lexeme::array_close;
        case '{':
            return Lexeme::brace_open;
        case '}':
            return Lexeme::brace_close;
        case '<':
            if (!doubled) return hexadecimal();
            ++m_position;
            return Lexeme::dictionary_open;
        case '>':
            if (!doubled) break; // a stray bracket means nothing
            ++m_position;
            return Lexeme::dictionary_close;
        default:
            break; // a stray ")"
        }
    }
}

Lexeme Lexer::word() {
    const std::size_t start = m_position;
    while (m_position < m_view.size() && classes[m_view[m_position]] == regular) ++m_position;
    m_text = as_text(m_view.subspan(start, m_position - start));
    return is_number(m_text) ? Lexeme::number : Lexeme::keyword;
}

Lexeme Lexer::name() {
    const std::size_t start = m_position;
    bool escaped = false;
    while (m_position < m_view.size() && classes[m_view[m_position]] == regular) escaped |= m_view[m_position++] == '#';
    const View raw = m_view.subspan(start, m_position - start);
    m_text = as_text(raw);
    if (!escaped) return Lexeme::name;
    m_decoded.clear();
    for (std::size_t i = 0; i < raw.size(); ++i) {
        const bool triple =
            raw[i] == '#' && i + 2 < raw.size() && hex_value(raw[i + 1]) >= 0 && hex_value(raw[i + 2]) >= 0;
        if (triple) {
            m_decoded += static_cast<char>(hex_value(raw[i + 1]) * 16 + hex_value(raw[i + 2]));
            i += 2;
        } else {
            m_decoded += static_cast<char>(raw[i]);
        }
    }
    m_text = m_decoded;
    return Lexeme::name;
}

Lexeme Lexer::literal() {
    m_decoded.clear();
    for (int depth = 1; m_position < m_view.size();) {
        std::uint8_t c = m_view[m_position++];
        if (c == ')' && --depth == 0) break;
        if (c == '(') ++depth;
        if (c == '\r') {
            if (m_position < m_view.size() && m_view[m_position] == '\n') ++m_position;
            c = '\n';
        }
        if (c != '\\' || m_position >= m_view.size()) {
            m_decoded += static_cast<char>(c);
            continue;
        }
        c = m_view[m_position++];
        constexpr std::string_view letters = "nrtbf";
        constexpr std::string_view meanings = "\n\r\t\b\f";
        if (const auto at = letters.find(static_cast<char>(c)); at != std::string_view::npos) {
            m_decoded += meanings[at];
        } else if (c >= '0' && c <= '7') {
            unsigned value = c - '0';
            for (int i = 0; i < 2 && m_position < m_view.size(); ++i) {
                const std::uint8_t digit = m_view[m_position];
                if (digit < '0' || digit > '7') break;
                value = value * 8 + (digit - '0');
                ++m_position;
            }
            m_decoded += static_cast<char>(value & 0xFF);
        } else if (c == '\r') {
            if (m_position < m_view.size() && m_view[m_position] == '\n') ++m_position;
        } else if (c != '\n') {
            m_decoded += static_cast<char>(c);
        }
    }
    m_text = m_decoded;
    return Lexeme::text;
}

Lexeme Lexer::hexadecimal() {
    m_decoded.clear();
    int high = -1;
    while (m_position < m_view.size()) {
        const std::uint8_t c = m_view[m_position++];
        if (c == '>') break;
        const int value = hex_value(c);
        if (value < 0) continue;
        if (high < 0) {
            high = value;
        } else {
            m_decoded += static_cast<char>(high * 16 + value);
            high = -1;
        }
    }
    if (high >= 0) m_decoded += static_cast<char>(high * 16);
    m_text = m_decoded;
    return Lexeme::text;
}

} // namespace sekisho::pdf
