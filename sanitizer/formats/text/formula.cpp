#include "sanitizer/formats/text/formula.h"

#include <array>

namespace sekisho::text {

namespace {

// How far behind a sign is looked (bytes); a longer cell with a sign in front counts as a formula.
constexpr std::size_t look_ahead = 2048;

struct Character {
    char32_t point = 0;
    std::size_t length = 1;
};

// `text` is valid UTF-8 and not empty.
Character first_of(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
    const std::uint8_t lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t point = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) point = point << 6 | (byte(i) & 0x3FU);
    return {point, length};
}

// Full-width and small forms as what spreadsheets take them for.
char32_t folded(char32_t point) {
    if (point >= 0xFF01 && point <= 0xFF5E) return point - 0xFEE0;
    switch (point) {
    case 0x2212:
        return '-';
    case 0xFE62:
        return '+';
    case 0xFE63:
        return '-';
    case 0xFE66:
        return '=';
    case 0xFE6B:
        return '@';
    default:
        return point;
    }
}

bool is_separator(char32_t point) {
    return point == ',' || point == ';' || point == '\t' || point == '\n' || point == '\r' || point == 0x2028 ||
           point == 0x2029;
}

bool is_blank(char32_t point) {
    return point == ' ' || point == '\f' || point == 0xA0 || point == 0xAD || point == 0x61C || point == 0x180E ||
           (point >= 0x2000 && point <= 0x200F) || point == 0x202F || (point >= 0x205F && point <= 0x206F) ||
           point == 0x3000 || point == 0xFEFF;
}

bool is_trigger(char32_t point) {
    return point == '=' || point == '@' || point == '+' || point == '-';
}
bool is_letter(char32_t point) {
    return (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z');
}

// `text` starts at a trigger and holds all that there is, or at least look_ahead bytes.
bool is_formula(std::string_view text, bool quoted) {
    const char32_t trigger = folded(first_of(text).point);
    bool letter = false;
    bool call = false;
    bool only_signs = true;
    for (std::size_t at = 0; at < text.size();) {
        if (at >= look_ahead) return true;
        const auto [raw, length] = first_of(text.substr(at));
        if (raw == '"' || (!quoted && is_separator(raw))) break;
        const char32_t point = folded(raw);
        at += length;
        if (point == '|') return true;
        letter = letter || is_letter(point);
        call = call || point == '(' || point == '!';
        only_signs = only_signs && (is_trigger(point) || is_blank(raw) || is_separator(raw));
        if (!only_signs && (trigger == '=' || trigger == '@')) return true;
        if (letter && call) return true;
    }
    return false;
}

constexpr std::array<bool, 256> make_stops() {
    std::array<bool, 256> stops{};
    for (const char byte : {',', ';', '\t', '\n', '\r'}) stops[static_cast<std::size_t>(byte)] = true;
    stops[0xE2] = true; // U+2028, U+2029
    return stops;
}

constexpr auto stops = make_stops();

// The length of `text` up to and with the next separator, or all of it.
std::size_t behind_separator(std::string_view text, bool& at_start) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<std::uint8_t>(text[at]);
        if (!stops[byte]) [[likely]]
            continue;
        const auto [point, length] = first_of(text.substr(at));
        if (!is_separator(point)) continue;
        at_start = true;
        return at + length;
    }
    return text.size();
}

} // namespace

std::size_t Defuser::feed(std::string_view text, bool last, std::string& out) {
    std::size_t at = 0;
    while (at < text.size()) {
        if (!m_at_start) {
            const std::size_t length = behind_separator(text.substr(at), m_at_start);
            out.append(text.substr(at, length));
            at += length;
            m_quoted = false;
            continue;
        }
        const auto [raw, length] = first_of(text.substr(at));
        const bool trigger = is_trigger(folded(raw));
        if (trigger && !last && text.size() - at < look_ahead + 4) return at;
        if (trigger && is_formula(text.substr(at), m_quoted)) {
            out.push_back('\'');
            ++m_defused;
        }
        m_quoted = (m_quoted || raw == '"') && !is_separator(raw);
        m_at_start = raw == '"' || is_blank(raw) || is_separator(raw);
        out.append(text.substr(at, length));
        at += length;
    }
    return at;
}

} // namespace sekisho::text
