// The pages of a TIFF (TIFF 6.0, and its BigTIFF form): read by libtiff, written by us.
#pragma once

#include <optional>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/image/icc.h"

namespace sekisho::raster {

enum class Shade : std::uint8_t { black_and_white, grey, palette, rgb, rgba };

struct TiffPage {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    Shade shade = Shade::rgb;
    bool nought_is_white = false; // black_and_white only: as fax pages are
    bool lossy = false;           // came as JPEG
    Bytes palette;                // RGB triples
    Bytes jpeg;                   // instead of rows: a whole JPEG of ours
    Bytes rows;                   // black_and_white: eight pixels a byte, high bit first; rgba: multiplied by alpha
    std::optional<image::Profile> profile;
    double density_x = 0; // per unit; 0: not known
    double density_y = 0;
    std::uint16_t density_unit = 2; // 1 none, 2 inch, 3 centimetre

    unsigned samples() const { return shade == Shade::rgb ? 3 : shade == Shade::rgba ? 4 : 1; }
    std::size_t row_bytes() const {
        return shade == Shade::black_and_white ? (std::size_t{width} + 7) / 8 : std::size_t{width} * samples();
    }
};

// One page as it stands in a file: its directory's numbers and its packed strips.
struct PackedPage {
    TiffPage page; // without rows
    std::uint32_t rows_per_strip = 0;
    std::vector<Bytes> strips;
};

// tiff_pack.cpp
Result<PackedPage> pack_page(TiffPage page, Context& context);

// tiff_write.cpp: each page's directory stands before its data, so a page needs to know only whether one follows.
class TiffWriter {
public:
    explicit TiffWriter(Sink& out) : m_out(out) {}
    Result<> start();
    Result<> add(const PackedPage& page, bool last);

private:
    Sink& m_out;
    std::uint64_t m_position = 0;
};

} // namespace sekisho::raster
