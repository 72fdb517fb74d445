// Pixels of our own making as a JPEG: one sequential scan, no segment but JFIF and a profile of ours.
#pragma once

#include "sanitizer/formats/image/picture.h"

namespace sekisho::image {

// One or three samples, sides of at most 65500.
Result<Bytes> encode_jpeg(const Picture& picture, Context& context);

} // namespace sekisho::image
