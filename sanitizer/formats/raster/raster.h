// Pictures that are neither JPEG nor PNG: taken apart to pixels and written anew.
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::raster {

Result<Type> gif(Job& job);  // to GIF: frames, delays, loops and transparency stay
Result<Type> tiff(Job& job); // to TIFF: every page
Result<Type> bmp(Job& job);  // to PNG: unpacked rows in a file could be any other file
Result<Type> webp(Job& job); // to JPEG or PNG, as it was coded with loss or without; an animation to an animated PNG
Result<Type> heif(Job& job); // HEIC and AVIF to JPEG, or PNG with transparency
Result<Type> jp2(Job& job);  // JPEG 2000 to JPEG or PNG

// Registers the decoders. Call it once before the process is confined: afterwards no file is touched.
void warm_up();

} // namespace sekisho::raster
