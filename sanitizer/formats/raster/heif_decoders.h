// Decoders of HEVC and AV1 pictures for libheif. Its own ones start threads, which a confined worker may not, and are
// loaded from files; these do neither.
#pragma once

#include <cstdint>

#include <libheif/heif.h>
#include <libheif/heif_plugin.h>

namespace sekisho::raster {

// One coded picture (a tile of a large one) has at most so many pixels.
constexpr std::uint64_t most_coded_pixels = 1ULL << 26;
constexpr int decoder_priority = 1000; // above every decoder that libheif brings

constexpr heif_error heif_done{heif_error_Ok, heif_suberror_Unspecified, "done"};
constexpr heif_error heif_failed{heif_error_Decoder_plugin_error, heif_suberror_Unspecified, "failed"};

struct Plane {
    heif_channel channel;
    const std::uint8_t* data;
    std::ptrdiff_t stride;
    int width, height;
    int bits;
};

// How the samples are meant, as the coded picture says (ITU-T H.273).
struct Signal {
    unsigned primaries = 2, transfer = 2, matrix = 2; // 2: not said
    bool full_range = false;
};

// Null if there is no memory or a plane cannot be.
heif_image* make_heif_image(const Plane* planes, int count, heif_chroma chroma, const Signal& signal);

const heif_decoder_plugin& hevc_decoder(); // heif_hevc.cpp
const heif_decoder_plugin& av1_decoder();  // heif_av1.cpp

// Once; further calls do nothing.
void register_heif_decoders();

} // namespace sekisho::raster
