// Character references (HTML standard, 13.2.5.72 to 13.2.5.80).
#include <algorithm>
#include <array>

#include "base/text/utf8.h"
#include "sanitizer/formats/html/tokenizer.h"

namespace sekisho::html {

namespace {

struct Entity {
    std::string_view name;
    char32_t point;
};

constexpr std::array entities{
#define ENTITY(name, point) Entity{name, point},
#include "sanitizer/formats/html/entities.def"
#undef ENTITY
};
static_assert(std::ranges::is_sorted(entities, {}, &Entity::name));

// Latin-1 names may stand without a semicolon.
constexpr char32_t last_latin1 = 0xFF;

// What windows-1252 has where ISO 8859-1 has controls: the standard reads numbers so.
constexpr std::array<char32_t, 32> windows_1252{0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                                0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_alphanumeric(char c) {
    const char lower = static_cast<char>(c | 0x20);
    return is_digit(c) || (lower >= 'a' && lower <= 'z');
}

char32_t meaning_of(char32_t number) {
    if (number == 0 || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF)) return 0xFFFD;
    if (number >= 0x80 && number < 0xA0) return windows_1252[number - 0x80];
    return number;
}

// `text` starts behind "&#". How much was used; 0: no reference.
std::size_t by_number(std::string_view text, std::string& out) {
    std::size_t at = 0;
    const bool hex = !text.empty() && (text[0] == 'x' || text[0] == 'X');
    if (hex) ++at;
    const std::size_t first = at;
    char32_t number = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        const char lower = static_cast<char>(c | 0x20);
        char32_t digit = 0;
        if (is_digit(c))
            digit = static_cast<char32_t>(c - '0');
        else if (hex && lower >= 'a' && lower <= 'f')
            digit = static_cast<char32_t>(lower - 'a' + 10);
        else
            break;
        number = std::min<char32_t>(number * (hex ? 16 : 10) + digit, 0x110000);
    }
    if (at == first) return 0;
    append_utf8(out, meaning_of(number));
    return at + (at < text.size() && text[at] == ';' ? 1 : 0);
}

// `text` starts behind "&".
std::size_t by_name(std::string_view text, bool in_attribute, std::string& out) {
    std::size_t end = 0;
    while (end < text.size() && end < 16 && is_alphanumeric(text[end])) ++end;
    const bool closed = end < text.size() && text[end] == ';';
    for (std::size_t length = end; length > 0; --length) {
        const auto row = std::ranges::lower_bound(entities, text.substr(0, length), {}, &Entity::name);
        if (row == entities.end() || row->name != text.substr(0, length)) continue;
        const bool whole = length == end && closed;
        if (!whole && row->point > last_latin1) continue;
        if (!whole && in_attribute && length < text.size() && (text[length] == '=' || is_alphanumeric(text[length])))
            return 0;
        append_utf8(out, row->point);
        return length + (whole ? 1 : 0);
    }
    return 0;
}

} // namespace

std::string resolve_references(std::string_view text, bool in_attribute) {
    std::string out;
    for (;;) {
        const std::size_t ampersand = text.find('&');
        out += text.substr(0, ampersand);
        if (ampersand == text.npos) return out;
        text.remove_prefix(ampersand + 1);
        const std::size_t used =
            text.starts_with('#') ? by_number(text.substr(1), out) : by_name(text, in_attribute, out);
        if (used == 0)
            out += '&';
        else
            text.remove_prefix(used + (text.starts_with('#') ? 1 : 0));
    }
}

} // namespace sekisho::html
