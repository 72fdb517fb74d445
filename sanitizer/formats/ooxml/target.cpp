#include "sanitizer/formats/ooxml/target.h"

#include "sanitizer/core/address.h"

namespace sekisho::ooxml {

std::optional<std::string> safe_address(std::string_view address) {
    while (!address.empty() && address.front() == ' ') address.remove_prefix(1);
    while (!address.empty() && address.back() == ' ') address.remove_suffix(1);
    if (!address.starts_with('#') && !leads_out_safely(address)) return std::nullopt;
    return spelled_address(address);
}

} // namespace sekisho::ooxml
