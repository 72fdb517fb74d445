// Pixels of our own making as a PNG.
#pragma once

#include "sanitizer/formats/image/picture.h"
#include "sanitizer/formats/image/png_plan.h"

namespace sekisho::image {

// `samples` are rows one after the other, as `shape` says (8 bits).
Result<> encode_png(View samples, const PngShape& shape, Context& context, Sink& out);
// With its profile and density.
Result<> encode_png(const Picture& picture, Context& context, Sink& out);
// The content of an iCCP chunk.
Result<Bytes> packed_profile(const Profile& profile);

} // namespace sekisho::image
