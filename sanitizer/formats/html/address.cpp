#include "sanitizer/formats/html/address.h"

#include "sanitizer/core/address.h"

namespace sekisho::html {

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
    if (leads_out_safely(clean)) return Address::web;
    for (const std::string_view scheme : {"javascript:", "vbscript:", "livescript:", "mocha:", "jscript:"})
        if (has_scheme(clean, scheme)) return Address::script;
    if (has_scheme(clean, "data:")) return Address::data;
    if (has_scheme(clean, "cid:")) return Address::content_id;
    return Address::other;
}

std::optional<std::string> safe_link(std::string_view address) {
    const Address kind = address_kind(address);
    if (kind != Address::web && kind != Address::fragment) return std::nullopt;
    return spelled_address(trimmed(address));
}

} // namespace sekisho::html
