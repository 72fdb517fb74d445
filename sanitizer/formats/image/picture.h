// Decoded pixels of any kind of picture, and the two ways to write them: JPEG for what was coded with loss, PNG for
// everything else.
#pragma once

#include <optional>

#include "base/bytes/bytes.h"
#include "sanitizer/core/job.h"
#include "sanitizer/formats/image/icc.h"

namespace sekisho::image {

struct Picture {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    unsigned samples = 3; // per pixel, 8 bits each: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha (not multiplied)
    Bytes pixels;         // rows without gaps
    std::optional<Profile> profile; // says more than sRGB
    std::uint32_t per_metre_x = 0;  // 0: not known
    std::uint32_t per_metre_y = 0;

    bool has_alpha() const { return samples == 2 || samples == 4; }
    std::uint64_t bytes() const { return std::uint64_t{width} * height * samples; }
};

enum class Coding : std::uint8_t { lossless, lossy };

// Reserves the pixels; refuses Reason::limit_memory beyond what one buffer may hold. The budget has taken the size.
Result<> reserve_pixels(Picture& picture, const Limits& limits);
// Takes a plain profile that fits and says more than sRGB; a finding for any other.
void take_profile(Picture& picture, View icc, Context& context);
// Leaves out an alpha that hides nothing.
void drop_opaque_alpha(Picture& picture);
// Rows of `pixel_bytes` per pixel, upright as an EXIF orientation (1..8) says; changes width and height where they
// swap.
Bytes turned(View pixels, std::uint32_t& width, std::uint32_t& height, std::size_t pixel_bytes, unsigned orientation);
void turn(Picture& picture, unsigned orientation);

// JPEG if it may be lossy, has no alpha and fits; PNG otherwise.
Result<Type> write_picture(const Picture& picture, Coding coding, Context& context, Sink& out);

} // namespace sekisho::image
