#include "sanitizer/formats/odf/references.h"

#include "base/bytes/bytes.h"
#include "sanitizer/core/address.h"

namespace sekisho::odf {

namespace {

// Percent-encoding; anything malformed stays as it is.
std::string decoded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            if (auto byte = from_hex(text.substr(i + 1, 2))) {
                result += static_cast<char>(byte->front());
                i += 2;
                continue;
            }
        }
        result += text[i];
    }
    return result;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

} // namespace

std::optional<std::string> member_of(std::string_view folder, std::string_view address) {
    if (address.starts_with('#')) address.remove_prefix(1); // as OpenOffice.org 1 wrote it
    while (address.starts_with("./")) address.remove_prefix(2);
    while (address.ends_with('/')) address.remove_suffix(1);
    const std::string name = decoded(address);
    if (name.empty() || name.starts_with('/') || name.find_first_of(":\\") != name.npos) return std::nullopt;
    if (("/" + name + "/").find("/../") != std::string::npos) return std::nullopt;
    return std::string(folder) + name;
}

std::optional<std::string> safe_address(std::string_view address) {
    address = trimmed(address);
    if (!address.starts_with('#') && !leads_out_safely(address)) return std::nullopt;
    return spelled_address(address);
}

bool is_command(std::string_view address) {
    address = trimmed(address);
    for (const std::string_view scheme : {"vnd.sun.star.", "macro:", ".uno:", "slot:", "service:", "javascript:"})
        if (has_scheme(address, scheme)) return true;
    return false;
}

} // namespace sekisho::odf
