// The structure of a PNG file (ISO/IEC 15948, third edition), read without decoding anything.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/bytes/bytes.h"
#include "sanitizer/core/job.h"

namespace sekisho::image {

struct PngShape {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    std::uint8_t depth = 8;
    std::uint8_t colour = 0; // 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha
    bool interlaced = false;

    unsigned samples() const { return colour == 2 ? 3 : colour == 4 ? 2 : colour == 6 ? 4 : 1; }
    std::size_t bits() const { return std::size_t{samples()} * depth; }
    std::size_t row_bytes() const { return (std::size_t{width} * bits() + 7) / 8; }
    std::size_t pixel_bytes() const { return (bits() + 7) / 8; } // "bpp" of the filters: at least 1
};

struct PngDensity {
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    std::uint8_t unit = 0;
};

// One picture of an animation (ISO/IEC 15948 third edition, fcTL and fdAT).
struct PngFrame {
    std::uint32_t width = 0, height = 0, x = 0, y = 0;
    std::uint16_t delay = 0, delay_unit = 0;                   // a fraction of a second; unit 0 means hundredths
    std::uint8_t disposal = 0;                                 // 0..2
    std::uint8_t blend = 0;                                    // 0, 1
    std::vector<std::pair<std::uint64_t, std::uint32_t>> data; // offsets and sizes in the file, of fdAT
};

struct PngAnimation {
    bool declared = false;
    bool sound = true; // numbers in order, frames within the picture
    std::uint32_t count = 0;
    std::uint32_t plays = 0;
    std::uint32_t sequence = 0; // the next number
    std::vector<PngFrame> frames;
    bool first_is_default = false; // the picture itself is the first frame

    // Every frame that is said to be there is there, with data.
    bool usable() const;
};

struct PngPlan {
    PngShape shape;
    Bytes palette;      // RGB triples
    Bytes transparency; // tRNS as it is: checked for length
    std::optional<std::uint32_t> gamma;
    std::optional<std::array<std::uint32_t, 8>> primaries; // cHRM
    std::optional<PngDensity> density;
    std::optional<std::uint8_t> srgb; // rendering intent
    Bytes icc;                        // the profile, inflated; empty if there is none or it cannot be read
    bool has_icc = false;
    std::uint64_t data_offset = 0; // the run of IDAT chunks
    std::uint64_t data_size = 0;

    bool comment = false;
    bool metadata = false;
    bool gps = false;
    bool thumbnail = false;
    PngAnimation animation;
    bool unknown = false;
    bool trailing = false;
    bool no_end = false;
};

Result<PngPlan> plan_png(const Source& in, Budget& budget);

} // namespace sekisho::image
