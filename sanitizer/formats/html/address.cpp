#include "sanitizer/formats/html/address.h"

#include <array>

namespace sekisho::html {

namespace {

constexpr std::size_t longest = 8192;

bool has_scheme(std::string_view address, std::string_view scheme) {
    if (address.size() < scheme.size()) return false;
    for (std::size_t i = 0; i < scheme.size(); ++i) {
        const char c = address[i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c) != scheme[i]) return false;
    }
    return true;
}

} // namespace

// URL standard, 4.4: C0 controls and spaces around, TAB and line ends anywhere.
std::string trimmed(std::string_view address) {
    const auto is_edge = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
    while (!address.empty() && is_edge(address.front())) address.remove_prefix(1);
    while (!address.empty() && is_edge(address.back())) address.remove_suffix(1);
    std::string made;
    for (const char c : address)
        if (c != '\t' && c != '\n' && c != '\r') made += c;
    return made;
}

Address address_kind(std::string_view address) {
    const std::string clean = trimmed(address);
    if (clean.starts_with('#')) return Address::fragment;
    for (const std::string_view scheme : {"http://", "https://", "mailto:", "tel:"})
        if (has_scheme(clean, scheme) && clean.size() > scheme.size()) return Address::web;
    for (const std::string_view scheme : {"javascript:", "vbscript:", "livescript:", "mocha:", "jscript:"})
        if (has_scheme(clean, scheme)) return Address::script;
    if (has_scheme(clean, "data:")) return Address::data;
    if (has_scheme(clean, "cid:")) return Address::content_id;
    return Address::other;
}

std::optional<std::string> safe_link(std::string_view address) {
    const Address kind = address_kind(address);
    if (kind != Address::web && kind != Address::fragment) return std::nullopt;
    const std::string clean = trimmed(address);
    if (clean.size() > longest) return std::nullopt;
    std::string safe;
    for (const char c : clean) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F || c == '\\') return std::nullopt;
        switch (c) {
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
            safe += c;
        }
    }
    return safe;
}

} // namespace sekisho::html
