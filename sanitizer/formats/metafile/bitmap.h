// Device-independent bitmaps ([MS-WMF] 2.2.2.9, [MS-EMF] 2.2) decoded to pixels.
#pragma once

#include <memory>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/metafile/handles.h"

namespace sekisho::metafile {

struct Bitmap {
    Surface surface; // ARGB32, premultiplied
    int width = 0;
    int height = 0;
};

enum class Alpha : std::uint8_t { ignored, premultiplied };

// `header` begins at the BITMAPINFO, `bits` are the pixels. Null: a form that is not drawn. Refuses what is damaged.
Result<std::shared_ptr<Bitmap>> read_bitmap(View header, View bits, Alpha alpha, Context& context);

// Header, colours and bits one after the other, as WMF holds them.
Result<std::shared_ptr<Bitmap>> read_packed_bitmap(View packed, Context& context);

// Changes every pixel (0xAARRGGBB).
void for_each_pixel(Bitmap& bitmap, std::uint32_t (*change)(std::uint32_t));

} // namespace sekisho::metafile
