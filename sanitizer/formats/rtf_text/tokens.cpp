#include "sanitizer/formats/rtf_text/tokens.h"

#include <algorithm>

namespace sekisho::rtf_text {

namespace {

constexpr std::size_t longest_name = 32, longest_number = 10;

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

int hex_of(char c) {
    if (is_digit(c)) return c - '0';
    const char low = static_cast<char>(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

std::size_t run_of(std::string_view text, std::size_t from, std::size_t most, bool (*is)(char)) {
    std::size_t count = 0;
    while (count < most && from + count < text.size() && is(text[from + count])) ++count;
    return count;
}

} // namespace

void Tokens::skip(std::size_t count) {
    m_rest.remove_prefix(std::min(count, m_rest.size()));
}

Token Tokens::next() {
    using Kind = Token::Kind;
    while (!m_rest.empty() && (m_rest[0] == '\r' || m_rest[0] == '\n')) skip(1);
    if (m_rest.empty()) return {};
    const char first = m_rest[0];
    if (first == '\\') return control();
    if (first == '{' || first == '}') {
        skip(1);
        return {first == '{' ? Kind::open : Kind::close, {}, {}, 0};
    }
    const std::string_view text = m_rest.substr(0, m_rest.find_first_of("\\{}\r\n"));
    skip(text.size());
    return {Kind::text, text, {}, 0};
}

Token Tokens::control() {
    using Kind = Token::Kind;
    if (m_rest.size() < 2) {
        skip(1);
        return {};
    }
    const char second = m_rest[1];
    if (is_letter(second)) return word();
    if (second == '\'' && m_rest.size() >= 4 && hex_of(m_rest[2]) >= 0 && hex_of(m_rest[3]) >= 0) {
        const auto value = static_cast<std::uint8_t>(hex_of(m_rest[2]) * 16 + hex_of(m_rest[3]));
        skip(4);
        return {Kind::octet, {}, {}, value};
    }
    skip(2);
    return {Kind::symbol, {}, {}, static_cast<std::uint8_t>(second)};
}

Token Tokens::word() {
    Token token{Token::Kind::word, m_rest.substr(1, run_of(m_rest, 1, longest_name, is_letter)), {}, 0};
    std::size_t at = 1 + token.text.size();
    const bool negative = at + 1 < m_rest.size() && m_rest[at] == '-' && is_digit(m_rest[at + 1]);
    if (negative) ++at;
    if (const std::size_t digits = run_of(m_rest, at, longest_number, is_digit); digits > 0) {
        std::int64_t number = 0;
        for (const char c : m_rest.substr(at, digits)) number = number * 10 + (c - '0');
        number = std::min<std::int64_t>(number, INT32_MAX);
        token.number = static_cast<std::int32_t>(negative ? -number : number);
        at += digits;
    }
    if (at < m_rest.size() && m_rest[at] == ' ') ++at;
    skip(at);
    if (token.text == "bin" && token.number.value_or(0) > 0) skip(static_cast<std::size_t>(*token.number));
    return token;
}

} // namespace sekisho::rtf_text
