// The one shape of colour profile that may pass: a matrix or grey one with fixed texts.
#pragma once

#include "base/bytes/bytes.h"

namespace sekisho::verify {

constexpr std::size_t largest_icc = 60'000;

// `components` of the picture: 1 or 3.
Result<> check_icc(View profile, unsigned components);

} // namespace sekisho::verify
