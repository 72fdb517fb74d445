// Small streams that stand within documents.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

// A grey picture of 8 by 8 points; without its quantisation table it has a head and cannot be decoded.
Bytes tiny_jpeg(bool with_table = true);
// A white page of 8 by 8 points, as PDF embeds it.
Bytes tiny_jbig2();
// A grey picture of 8 by 8 points in JPEG 2000: a codestream without coefficients, which stands for 128.
Bytes tiny_jpx();
std::string deflated(std::string_view text);

} // namespace sekisho::tests
