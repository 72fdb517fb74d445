#include "sanitizer/formats/sxf/lexer.h"

#include <algorithm>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/cad/coding.h"
#include "sanitizer/formats/cad/number.h"

namespace sekisho::sxf {

namespace {

constexpr std::size_t longest_string = 64 * 1024;

bool is_keyword(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

std::string_view taken(std::string_view text, bool (*wanted)(char)) {
    const auto end = std::ranges::find_if_not(text, wanted);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// UTF-16 with surrogates to UTF-8, by the one decoder that there is; nothing for half a pair.
bool append(std::string& utf8, std::u16string_view units) {
    for (std::size_t i = 0; i < units.size(); ++i) {
        char32_t point = units[i];
        if (point >= 0xDC00 && point <= 0xDFFF) return false;
        if (point >= 0xD800 && point <= 0xDBFF) {
            if (i + 1 == units.size() || units[i + 1] < 0xDC00 || units[i + 1] > 0xDFFF) return false;
            point = 0x10000 + ((point - 0xD800) << 10) + (units[++i] - 0xDC00U);
        }
        cad::append(utf8, point);
    }
    return true;
}

} // namespace

void Lexer::skip_white_space() {
    const std::size_t at = m_text.find_first_not_of(" \t\r\n");
    m_text.remove_prefix(std::min(at, m_text.size()));
}

void Lexer::skip() {
    for (;;) {
        skip_white_space();
        if (!m_text.starts_with("/*")) return;
        const std::size_t end = m_text.find("*/", 2);
        if (end == m_text.npos) return;
        m_comments = true;
        m_text.remove_prefix(end + 2);
    }
}

Result<> Lexer::take(std::string_view text) {
    skip();
    if (m_text.empty()) return refuse(Reason::input_short);
    if (!m_text.starts_with(text)) return refuse(Reason::cad_damaged);
    m_text.remove_prefix(text.size());
    return {};
}

bool Lexer::take_if(char c) {
    skip();
    if (peek() != c) return false;
    m_text.remove_prefix(1);
    return true;
}

Result<std::string_view> Lexer::keyword() {
    skip();
    const std::string_view word = taken(m_text.substr(0, 128), is_keyword);
    if (word.empty() || word[0] < 'A' || word[0] > 'Z') return refuse(Reason::cad_damaged);
    m_text.remove_prefix(word.size());
    return word;
}

Result<std::uint64_t> Lexer::instance() {
    TRY(take("#"));
    const std::string_view digits = taken(m_text.substr(0, 20), [](char c) { return c >= '0' && c <= '9'; });
    const auto value = cad::integer_of(digits);
    if (!value || *value <= 0) return refuse(Reason::cad_damaged);
    m_text.remove_prefix(digits.size());
    return static_cast<std::uint64_t>(*value);
}

Result<std::string_view> Lexer::number() {
    skip();
    const auto is_part = [](char c) {
        return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == 'E' || c == 'e';
    };
    const std::string_view text = taken(m_text.substr(0, 64), is_part);
    m_text.remove_prefix(text.size());
    return text;
}

Result<std::string> Lexer::string() {
    TRY(take("'"));
    std::string utf8;
    while (utf8.size() <= longest_string) {
        if (m_text.empty()) return refuse(Reason::input_short);
        if (m_text.starts_with("''")) {
            utf8 += '\'';
            m_text.remove_prefix(2);
        } else if (m_text.front() == '\'') {
            m_text.remove_prefix(1);
            m_cleaned = cad::clean(utf8) || m_cleaned;
            return utf8;
        } else if (m_text.front() == '\\') {
            TRY(escape(utf8));
        } else {
            TRY(raw(utf8));
        }
    }
    return refuse(Reason::cad_damaged);
}

// Bytes as they are: ASCII; CP932 from programs that do not escape.
Result<> Lexer::raw(std::string& utf8) {
    const auto lead = static_cast<std::uint8_t>(m_text.front());
    const bool pair = (lead >= 0x81 && lead <= 0x9F) || lead >= 0xE0;
    const auto character = cad::decode(m_text.substr(0, pair ? 2 : 1), cad::Coding::cp932);
    if (!character) return refuse(Reason::text_charset);
    m_converted = m_converted || lead >= 0x80;
    m_text.remove_prefix(pair ? 2 : 1);
    utf8 += *character;
    return {};
}

// ISO 10303-21, 7.3.3.
Result<> Lexer::escape(std::string& utf8) {
    if (m_text.starts_with("\\X2\\") || m_text.starts_with("\\X4\\")) {
        const std::size_t digits = m_text[2] == '2' ? 4 : 8;
        m_text.remove_prefix(4);
        return wide(utf8, digits);
    }
    if (m_text.starts_with("\\\\")) {
        utf8 += '\\';
        m_text.remove_prefix(2);
        return {};
    }
    if (m_text.starts_with("\\S\\") && m_text.size() > 3 && m_text[3] >= ' ' && m_text[3] < 0x7F) {
        cad::append(utf8, 0x80U + static_cast<unsigned>(m_text[3]));
        m_text.remove_prefix(4);
        return {};
    }
    if (m_text.starts_with("\\X\\") && m_text.size() > 4) {
        const auto value = cad::handle_of(m_text.substr(3, 2));
        if (!value) return refuse(Reason::cad_damaged);
        cad::append(utf8, static_cast<char32_t>(*value));
        m_text.remove_prefix(5);
        return {};
    }
    utf8 += '\\'; // SXF programs write a lone backslash, too
    m_text.remove_prefix(1);
    return {};
}

Result<> Lexer::wide(std::string& utf8, std::size_t digits) {
    std::u16string units;
    while (!m_text.starts_with("\\X0\\")) {
        const auto value = cad::handle_of(m_text.substr(0, digits));
        const bool blank = m_text.substr(0, digits).find(' ') != m_text.npos;
        if (!value || blank || m_text.size() < digits || *value > 0x10FFFF || units.size() > longest_string)
            return refuse(Reason::cad_damaged);
        m_text.remove_prefix(digits);
        if (*value >= 0x10000) {
            units += static_cast<char16_t>(0xD800 + ((*value - 0x10000) >> 10));
            units += static_cast<char16_t>(0xDC00 + ((*value - 0x10000) & 0x3FF));
        } else {
            units += static_cast<char16_t>(*value);
        }
    }
    m_text.remove_prefix(4);
    return append(utf8, units) ? Result<>() : refuse(Reason::cad_damaged);
}

void put_string(std::string& out, std::string_view utf8) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto put_unit = [&](unsigned unit) {
        for (int shift = 12; shift >= 0; shift -= 4) out += digits[unit >> shift & 15];
    };
    out += '\'';
    bool wide = false;
    for (const char32_t point : cad::points_of(utf8)) {
        if (wide != (point >= 0x80)) out += wide ? "\\X0\\" : "\\X2\\";
        wide = point >= 0x80;
        if (point >= 0x10000) {
            put_unit(0xD800 + ((point - 0x10000) >> 10));
            put_unit(0xDC00 + ((point - 0x10000) & 0x3FF));
        } else if (wide) {
            put_unit(point);
        } else {
            const char c = static_cast<char>(point);
            if (c == '\'' || c == '\\') out += c; // doubled
            out += c;
        }
    }
    if (wide) out += "\\X0\\";
    out += '\'';
}

bool put_number(std::string& out, std::string_view text) {
    const bool real = text.find_first_of(".Ee") != text.npos;
    if (!real) {
        const auto value = cad::integer_of(text);
        if (value) cad::put_integer(out, *value);
        return value.has_value();
    }
    const auto value = cad::real_of(text);
    if (!value) return false;
    std::string made;
    cad::put_real(made, *value);
    std::ranges::replace(made, 'e', 'E');
    out += made;
    return true;
}

} // namespace sekisho::sxf
