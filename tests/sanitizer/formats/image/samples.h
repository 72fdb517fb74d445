// Pictures made and looked at by libjpeg and libpng themselves, for the tests of the picture formats.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

struct Pixels {
    unsigned width = 0;
    unsigned height = 0;
    unsigned samples = 0;
    Bytes data;
    bool operator==(const Pixels&) const = default;
};

struct JpegRecipe {
    unsigned width = 64;
    unsigned height = 48;
    unsigned samples = 3;
    unsigned sampling = 2; // of the first component, both ways
    bool progressive = false;
    bool ycck = false; // for four samples: with an Adobe segment
    int restart = 0;
    std::vector<std::pair<int, std::string>> segments = {}; // marker number and content
};

// A gradient with a dark corner, so that every turn shows.
Bytes make_jpeg(const JpegRecipe& recipe);
// Decoded without colour conversion; `data` empty if libjpeg gives up.
Pixels decode_jpeg(View jpeg);
// Markers of the segments, in order.
std::vector<unsigned> jpeg_markers(View jpeg);
std::string exif_with_orientation(unsigned orientation, bool gps);

struct PngRecipe {
    unsigned width = 33;
    unsigned height = 17;
    unsigned depth = 8;
    unsigned colour = 6;
    bool interlaced = false;
    std::vector<std::pair<std::string, std::string>> before = {}; // chunks before IDAT
    std::vector<std::pair<std::string, std::string>> after = {};  // and behind
};

Bytes make_png(const PngRecipe& recipe);
Pixels decode_png(View png);
std::vector<std::string> png_chunks(View png);
std::string png_chunk(const std::string& type, const std::string& content);

} // namespace sekisho::tests
