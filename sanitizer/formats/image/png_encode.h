// Pixels of our own making as a PNG.
#pragma once

#include "sanitizer/formats/image/png_plan.h"

namespace sekisho::image {

// `samples` are rows one after the other, as `shape` says (8 bits, colour 2 or 6).
Result<> encode_png(View samples, const PngShape& shape, Context& context, Sink& out);

} // namespace sekisho::image
