#include "sanitizer/formats/dxf_draw/words.h"

#include "sanitizer/formats/cad/coding.h"
#include "sanitizer/formats/cad/number.h"

namespace sekisho::dxf {

namespace {

constexpr std::string_view unicode = "\\U+", multibyte = "\\M+1"; // 1: code page 932

bool is_high(std::uint64_t unit) {
    return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low(std::uint64_t unit) {
    return unit >= 0xDC00 && unit < 0xE000;
}

// Four hexadecimal digits after the prefix.
std::optional<std::uint64_t> unit_after(std::string_view text, std::string_view prefix) {
    if (!text.starts_with(prefix) || text.size() < prefix.size() + 4) return std::nullopt;
    return cad::handle_of(text.substr(prefix.size(), 4));
}

// Text that has its character before it; 0: none.
std::size_t put_escape(std::string& out, std::string_view text) {
    if (const auto unit = unit_after(text, unicode)) {
        const std::size_t length = unicode.size() + 4;
        const auto low = unit_after(text.substr(length), unicode);
        if (is_high(*unit) && low && is_low(*low)) {
            cad::append(out, static_cast<char32_t>(0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00)));
            return 2 * length;
        }
        if (is_high(*unit) || is_low(*unit)) return 0;
        cad::append(out, static_cast<char32_t>(*unit));
        return length;
    }
    if (const auto code = unit_after(text, multibyte)) {
        const std::string bytes{static_cast<char>(*code >> 8), static_cast<char>(*code & 0xFF)};
        const auto utf8 = cad::decode(bytes, cad::Coding::cp932);
        if (!utf8) return 0;
        out += *utf8;
        return multibyte.size() + 4;
    }
    return 0;
}

} // namespace

std::string without_escapes(std::string_view utf8) {
    std::string out;
    while (!utf8.empty()) {
        const std::size_t used = utf8[0] == '\\' ? put_escape(out, utf8) : 0;
        if (used == 0) out += utf8[0];
        utf8.remove_prefix(used == 0 ? 1 : used);
    }
    cad::clean(out);
    return out;
}

std::string without_control_codes(std::string_view utf8) {
    std::string out;
    while (!utf8.empty()) {
        if (!utf8.starts_with("%%") || utf8.size() < 3) {
            out += utf8[0];
            utf8.remove_prefix(1);
            continue;
        }
        const char code = utf8[2];
        const auto number = utf8.size() >= 5 ? cad::integer_of(utf8.substr(2, 3)) : std::nullopt;
        std::size_t used = 3;
        if (number && *number >= ' ' && *number < 0x7F) {
            out += static_cast<char>(*number);
            used = 5;
        } else if (code == 'c' || code == 'C') {
            out += "\u00d8";
        } else if (code == 'd' || code == 'D') {
            out += "\u00b0";
        } else if (code == 'p' || code == 'P') {
            out += "\u00b1";
        } else if (code == '%') {
            out += '%';
        } else if (std::string_view("oOuUkK").find(code) == std::string_view::npos) {
            used = 2;
            out += "%%";
        }
        utf8.remove_prefix(used);
    }
    return out;
}

} // namespace sekisho::dxf
