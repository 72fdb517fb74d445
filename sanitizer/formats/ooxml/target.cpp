#include "sanitizer/formats/ooxml/target.h"

#include <array>

namespace sekisho::ooxml {

namespace {

constexpr std::size_t longest = 8192;
constexpr std::array<std::string_view, 4> schemes = {"http://", "https://", "mailto:", "tel:"};

bool has_scheme(std::string_view address, std::string_view scheme) {
    if (address.size() <= scheme.size()) return false;
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        const char character = address[i];
        const char lower = character >= 'A' && character <= 'Z' ? static_cast<char>(character + 32) : character;
        if (lower != scheme[i]) return false;
    }
    return true;
}

bool is_listed(std::string_view address) {
    if (address.starts_with('#')) return true;
    for (const std::string_view scheme : schemes)
        if (has_scheme(address, scheme)) return true;
    return false;
}

} // namespace

std::optional<std::string> safe_address(std::string_view address) {
    while (!address.empty() && address.front() == ' ') address.remove_prefix(1);
    while (!address.empty() && address.back() == ' ') address.remove_suffix(1);
    if (address.empty() || address.size() > longest || !is_listed(address)) return std::nullopt;
    std::string safe;
    for (const char character : address) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte < 0x20 || byte == 0x7F || character == '\\') return std::nullopt;
        switch (character) {
        case ' ':
            safe += "%20";
            break;
        case '"':
            safe += "%22";
            break;
        case '<':
            safe += "%3C";
            break;
        case '>':
            safe += "%3E";
            break;
        default:
            safe += character;
        }
    }
    return safe;
}

} // namespace sekisho::ooxml
