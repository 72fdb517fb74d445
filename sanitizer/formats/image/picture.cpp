#include "sanitizer/formats/image/picture.h"

#include <utility>

#include "sanitizer/formats/codes/codes.h"
#include "sanitizer/formats/image/jpeg_codec.h"
#include "sanitizer/formats/image/jpeg_encode.h"
#include "sanitizer/formats/image/png_encode.h"

namespace sekisho::image {

Result<> reserve_pixels(Picture& picture, const Limits& limits) {
    if (picture.width == 0 || picture.height == 0) return refuse(Reason::input_damaged);
    if (picture.bytes() > limits.bytes_in_memory) return refuse(Reason::limit_memory);
    picture.pixels.assign(static_cast<std::size_t>(picture.bytes()), 0);
    return {};
}

void take_profile(Picture& picture, View icc, Context& context) {
    auto profile = parse_profile(icc);
    if (!profile || profile->grey != (picture.samples < 3)) {
        context.found(Finding::image_icc, Action::removed);
        return;
    }
    if (!is_srgb(*profile)) picture.profile = std::move(profile);
}

void drop_opaque_alpha(Picture& picture) {
    if (!picture.has_alpha()) return;
    const std::size_t step = picture.samples;
    Bytes& pixels = picture.pixels;
    for (std::size_t at = step - 1; at < pixels.size(); at += step)
        if (pixels[at] != 0xFF) return;
    std::size_t to = 0;
    for (std::size_t at = 0; at < pixels.size(); ++at)
        if (at % step != step - 1) pixels[to++] = pixels[at];
    pixels.resize(to);
    --picture.samples;
}

Bytes turned(View pixels, std::uint32_t& width, std::uint32_t& height, std::size_t pixel_bytes, unsigned orientation) {
    const Turn turn = Turn::of(orientation);
    Bytes out;
    out.reserve(pixels.size());
    const std::size_t rows = turn.transpose ? width : height;
    const std::size_t columns = turn.transpose ? height : width;
    for (std::size_t y = 0; y < rows; ++y)
        for (std::size_t x = 0; x < columns; ++x) {
            std::size_t row = turn.transpose ? x : y;
            std::size_t column = turn.transpose ? y : x;
            if (turn.mirror_rows) row = height - 1 - row;
            if (turn.mirror_columns) column = width - 1 - column;
            const View pixel = pixels.subspan((row * width + column) * pixel_bytes, pixel_bytes);
            out.insert(out.end(), pixel.begin(), pixel.end());
        }
    if (turn.transpose) std::swap(width, height);
    return out;
}

void turn(Picture& picture, unsigned orientation) {
    const Turn turn = Turn::of(orientation);
    if (turn.none()) return;
    picture.pixels = turned(picture.pixels, picture.width, picture.height, picture.samples, orientation);
    if (turn.transpose) std::swap(picture.per_metre_x, picture.per_metre_y);
}

Result<Type> write_picture(const Picture& picture, Coding coding, Context& context, Sink& out) {
    codes::look_for_codes(picture.pixels, picture.width, picture.height, picture.samples, context);
    constexpr std::uint32_t longest_jpeg_side = 65500; // JPEG_MAX_DIMENSION of libjpeg
    const bool fits = picture.width <= longest_jpeg_side && picture.height <= longest_jpeg_side;
    if (coding == Coding::lossy && fits && !picture.has_alpha()) {
        TRY(out.write(TRY(encode_jpeg(picture, context))));
        return Type::jpeg;
    }
    TRY(encode_png(picture, context, out));
    return Type::png;
}

} // namespace sekisho::image
