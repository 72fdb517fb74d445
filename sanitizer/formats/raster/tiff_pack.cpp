#include <algorithm>
#include <utility>

#include "sanitizer/formats/image/jpeg_encode.h"
#include "sanitizer/formats/raster/lzw.h"
#include "sanitizer/formats/raster/tiff_pages.h"

namespace sekisho::raster {

namespace {

constexpr std::size_t strip_bytes = 64 * 1024;
constexpr std::uint32_t longest_jpeg_side = 65500;

// Neighbouring samples as differences (TIFF 6.0 section 14).
void predict(std::span<std::uint8_t> row, std::size_t samples) {
    for (std::size_t i = row.size(); i-- > samples;) row[i] = static_cast<std::uint8_t>(row[i] - row[i - samples]);
}

bool is_jpeg(const TiffPage& page) {
    return page.lossy && (page.shade == Shade::rgb || page.shade == Shade::grey) && page.width <= longest_jpeg_side &&
           page.height <= longest_jpeg_side;
}

Result<Bytes> jpeg_of(TiffPage& page, Context& context) {
    image::Picture picture;
    picture.width = page.width;
    picture.height = page.height;
    picture.samples = page.samples();
    picture.pixels = std::move(page.rows);
    return image::encode_jpeg(picture, context);
}

} // namespace

Result<PackedPage> pack_page(TiffPage page, Context& context) {
    PackedPage packed;
    page.lossy = is_jpeg(page) || !page.jpeg.empty();
    if (!page.jpeg.empty()) {
        packed.rows_per_strip = page.height;
        packed.strips.push_back(std::exchange(page.jpeg, {}));
    } else if (page.lossy) {
        packed.rows_per_strip = page.height;
        packed.strips.push_back(TRY(jpeg_of(page, context)));
    } else {
        const std::size_t stride = page.row_bytes();
        const std::size_t rows = std::clamp<std::size_t>(strip_bytes / stride, 1, page.height);
        packed.rows_per_strip = static_cast<std::uint32_t>(rows);
        const bool predicted = page.shade != Shade::black_and_white && page.shade != Shade::palette;
        std::span<std::uint8_t> all(page.rows);
        for (std::size_t row = 0; predicted && row < page.height; ++row)
            predict(all.subspan(row * stride, stride), page.samples());
        for (std::size_t row = 0; row < page.height; row += rows) {
            TRY(context.budget().check_time());
            const std::size_t count = std::min<std::size_t>(rows, page.height - row);
            packed.strips.push_back(lzw_pack(all.subspan(row * stride, count * stride), 8, LzwDialect::tiff));
        }
    }
    page.rows = {};
    packed.page = std::move(page);
    return packed;
}

} // namespace sekisho::raster
