#include "sanitizer/core/address.h"

#include <algorithm>
#include <array>

namespace sekisho {

namespace {

constexpr std::size_t longest = 8192;
constexpr std::array<std::string_view, 4> safe_schemes = {"http://", "https://", "mailto:", "tel:"};

} // namespace

bool has_scheme(std::string_view address, std::string_view scheme) {
    if (address.size() < scheme.size()) return false;
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        const char c = address[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != scheme[i]) return false;
    }
    return true;
}

bool leads_out_safely(std::string_view address) {
    return std::ranges::any_of(safe_schemes, [&](std::string_view scheme) {
        return address.size() > scheme.size() && has_scheme(address, scheme);
    });
}

std::optional<std::string> spelled_address(std::string_view address) {
    if (address.size() > longest) return std::nullopt;
    std::string spelled;
    for (const char c : address) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F || c == '\\') return std::nullopt;
        switch (c) {
        case ' ':
            spelled += "%20";
            break;
        case '"':
            spelled += "%22";
            break;
        case '<':
            spelled += "%3C";
            break;
        case '>':
            spelled += "%3E";
            break;
        default:
            spelled += c;
        }
    }
    return spelled;
}

} // namespace sekisho
