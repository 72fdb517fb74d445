// Where a drawing may point.
#pragma once

#include <string_view>

#include "sanitizer/core/job.h"

namespace sekisho::svg {

enum class Where : std::uint8_t {
    inside,  // "#name"
    safe,    // a web page, a mail address, a telephone number
    picture, // data: of a picture
    script,
    outside
};

Where where_to(std::string_view address);
// The bytes of a data: address (RFC 2397), base64 only; refuses Reason::input_damaged.
Result<Bytes> data_of(std::string_view address);

} // namespace sekisho::svg
