#include "sanitizer/formats/svg/address.h"

#include <algorithm>

namespace sekisho::svg {

namespace {

// As browsers read a scheme: without white space and control characters, in small letters.
std::string scheme_of(std::string_view address) {
    std::string out;
    for (const char c : address.substr(0, std::min<std::size_t>(address.size(), 256))) {
        if (static_cast<unsigned char>(c) <= 0x20) continue;
        if (c == ':') return out;
        if (c == '/' || c == '?' || c == '#') return {};
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return {};
}

bool is_plain(std::string_view address) {
    return std::ranges::all_of(address,
                               [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != '<' && c != '"'; });
}

} // namespace

Where where_to(std::string_view address) {
    if (address.starts_with('#')) return address.size() > 1 && is_plain(address) ? Where::inside : Where::outside;
    const std::string scheme = scheme_of(address);
    if (scheme == "data") return address.starts_with("data:image/") ? Where::picture : Where::script;
    if (scheme.ends_with("script")) return Where::script;
    const bool safe = scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel";
    return safe && address.size() > scheme.size() && address[scheme.size()] == ':' && is_plain(address)
               ? Where::safe
               : Where::outside;
}

Result<Bytes> data_of(std::string_view address) {
    constexpr std::size_t longest_head = 128;
    const std::size_t comma = address.substr(0, longest_head).find(',');
    if (comma == address.npos || !address.substr(0, comma).ends_with(";base64")) return refuse(Reason::input_damaged);
    std::string packed;
    packed.reserve(address.size());
    for (std::size_t at = comma + 1; at < address.size(); ++at) {
        const char c = address[at];
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
        if (c == '%' && at + 2 < address.size()) {
            const auto byte = from_hex(address.substr(at + 1, 2));
            at += 2;
            if (byte && !(*byte)[0]) return refuse(Reason::input_damaged);
            if (byte && (*byte)[0] > 0x20) packed += static_cast<char>((*byte)[0]);
            continue;
        }
        packed += c;
    }
    while (packed.size() % 4 != 0) packed += '=';
    auto bytes = from_base64(packed);
    if (!bytes) return refuse(Reason::input_damaged);
    return std::move(*bytes);
}

} // namespace sekisho::svg
