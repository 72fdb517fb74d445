#include "sanitizer/verify/dxf/values.h"

#include <cstdint>

#include "sanitizer/verify/text/utf8.h"

namespace sekisho::verify::drawing {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Digits at the front, which are taken off.
bool take_digits(std::string_view& text) {
    const std::string_view before = text;
    while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
    return text.size() < before.size();
}

bool reverses_order(char32_t point) {
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

bool is_utf8(std::string_view text) {
    Utf8 automaton;
    for (const char c : text) {
        const auto got = automaton.next(static_cast<std::uint8_t>(c));
        if (got == Utf8::Got::error) return false;
        if (got == Utf8::Got::character && reverses_order(automaton.point())) return false;
    }
    return automaton.between_characters();
}

bool is_cp932(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto lead = static_cast<std::uint8_t>(text[i]);
        if (lead < 0x80 || (lead >= 0xA1 && lead <= 0xDF)) continue;
        if (lead == 0x80 || lead == 0xA0 || lead > 0xFC || ++i == text.size()) return false;
        const auto trail = static_cast<std::uint8_t>(text[i]);
        if (trail < 0x40 || trail == 0x7F || trail > 0xFC) return false;
    }
    return true;
}

bool is_cp1252(std::string_view text) {
    constexpr std::string_view unused = "\x81\x8D\x8F\x90\x9D";
    return text.find_first_of(unused) == text.npos;
}

} // namespace

bool is_real(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    if (!take_digits(text) || !text.starts_with('.')) return false;
    text.remove_prefix(1);
    if (!take_digits(text)) return false;
    if (text.empty()) return true;
    if (text.size() < 3 || text[0] != 'e' || (text[1] != '+' && text[1] != '-')) return false;
    text.remove_prefix(2);
    return take_digits(text) && text.empty();
}

bool is_integer(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return text.size() <= 19 && take_digits(text) && text.empty();
}

bool is_handle(std::string_view text) {
    if (text.empty() || text.size() > 16 || (text.size() > 1 && text[0] == '0')) return false;
    for (const char c : text)
        if (!is_digit(c) && (c < 'A' || c > 'F')) return false;
    return true;
}

bool is_identifier(std::string_view text) {
    for (const char c : text)
        if (!is_digit(c) && c != '_' && ((c | 0x20) < 'a' || (c | 0x20) > 'z')) return false;
    return !text.empty() && text.size() <= 64;
}

bool is_clean_text(std::string_view text, Charset charset) {
    for (const char c : text)
        if ((c >= 0 && c < ' ') || c == 0x7F) return false;
    if (text.find("%<") != text.npos) return false; // the code of a field
    switch (charset) {
    case Charset::utf8:
        return is_utf8(text);
    case Charset::cp932:
        return is_cp932(text);
    case Charset::cp1252:
        return is_cp1252(text);
    default:
        return is_utf8(text) || is_cp932(text);
    }
}

bool leads_out(std::string_view address) {
    for (const std::string_view scheme : {"http://", "https://", "mailto:", "tel:"}) {
        if (address.size() <= scheme.size()) continue;
        bool same = true;
        for (std::size_t i = 0; i < scheme.size(); ++i) {
            const char c = address[i];
            same = same && (c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) == scheme[i];
        }
        if (same) return address.find('\\') == address.npos;
    }
    return false;
}

} // namespace sekisho::verify::drawing
