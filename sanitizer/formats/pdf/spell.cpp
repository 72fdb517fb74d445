#include "sanitizer/formats/pdf/spell.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace sekisho::pdf {

namespace {

constexpr std::size_t most_digits = 10;
constexpr std::string_view hexadecimal = "0123456789ABCDEF";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

void put_hex(std::string& out, char c) {
    const auto value = static_cast<unsigned char>(c);
    out += hexadecimal[value >> 4];
    out += hexadecimal[value & 15];
}

bool is_regular(char c) {
    return c > 0x20 && c < 0x7F && std::string_view("()<>[]{}/%#").find(c) == std::string_view::npos;
}

void put_literal(std::string& out, std::string_view bytes) {
    out += '(';
    for (const char c : bytes) {
        if (c == '(' || c == ')' || c == '\\') out += '\\';
        if (c == '\r')
            out += "\\r";
        else if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    out += ')';
}

} // namespace

void put_integer(std::string& out, std::int64_t value) {
    std::array<char, 24> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
    out.append(buffer.data(), end);
}

void put_number(std::string& out, std::string_view text) {
    bool negative = false;
    // Some producers write "--5"; readers take one sign.
    while (!text.empty() && (text.front() == '+' || text.front() == '-')) {
        negative = negative || text.front() == '-';
        text.remove_prefix(1);
    }
    std::size_t whole = 0;
    while (whole < text.size() && is_digit(text[whole])) ++whole;
    std::string_view left = text.substr(0, whole);
    std::string_view right;
    if (whole < text.size() && text[whole] == '.') {
        std::size_t end = whole + 1;
        while (end < text.size() && is_digit(text[end])) ++end;
        right = text.substr(whole + 1, std::min(end - whole - 1, most_digits));
    }
    while (!left.empty() && left.front() == '0') left.remove_prefix(1);
    while (!right.empty() && right.back() == '0') right.remove_suffix(1);
    if (left.size() > most_digits) left = "2147483647", right = {};
    if (left.empty() && right.empty()) {
        out += '0';
        return;
    }
    if (negative) out += '-';
    out += left.empty() ? std::string_view("0") : left;
    if (!right.empty()) (out += '.') += right;
}

void put_number(std::string& out, double value) {
    if (!std::isfinite(value)) value = 0;
    std::array<char, 64> buffer{};
    value = std::clamp(value, -2147483647.0, 2147483647.0);
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, 6).ptr;
    put_number(out, std::string_view(buffer.data(), static_cast<std::size_t>(end - buffer.data())));
}

void put_name(std::string& out, std::string_view name) {
    out += '/';
    for (const char c : name.substr(0, 127)) {
        if (is_regular(c)) {
            out += c;
        } else if (c != 0) {
            out += '#';
            put_hex(out, c);
        }
    }
}

void put_string(std::string& out, std::string_view bytes) {
    const auto odd = std::ranges::count_if(bytes, [](char c) { return c < 0x20 || c == 0x7F; });
    if (odd == 0 || static_cast<std::size_t>(odd) * 8 < bytes.size()) {
        const bool binary = std::ranges::any_of(
            bytes, [](char c) { return (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F; });
        if (!binary) return put_literal(out, bytes);
    }
    out += '<';
    for (const char c : bytes) put_hex(out, c);
    out += '>';
}

void put_reference(std::string& out, int number) {
    put_integer(out, number);
    out += " 0 R";
}

} // namespace sekisho::pdf
