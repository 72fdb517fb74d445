// Reads a delivered exchange file from the front; every function takes what it finds off.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error/error.h"

namespace sekisho::verify::exchange {

struct Scan {
    std::string_view text;

    bool take(std::string_view part);
    std::optional<std::uint64_t> instance(); // "#10"
    std::string_view name();                 // letters, digits, "_" and "-"
    bool number();                           // canonical, either kind
    bool integer();
    bool real(char exponent);
    bool integer_part();
    // "'...'" with escapes; `file` if it may name a file, but no place.
    bool string(bool file);
};

// From "ISO-10303-21;" to "DATA;", with no one's name in it.
Result<> header(Scan& scan);
// "ENDSEC;" to the end.
Result<> footer(Scan& scan);
// Refuses Reason::verify_sxf_reference for one that is there twice; sorts.
Result<> check_unique(std::vector<std::uint64_t>& instances);

} // namespace sekisho::verify::exchange
