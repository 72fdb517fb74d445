// The one EXIF block (CIPA DC-008) that may be delivered: where a picture was taken.
#pragma once

#include "base/bytes/bytes.h"

namespace sekisho::verify {

// Every byte of it is fixed but for the numbers and their signs, and those are within their ranges.
bool is_place(View exif);

} // namespace sekisho::verify
