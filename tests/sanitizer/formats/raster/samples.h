// Pictures made by other programs' libraries, and looked at by ImageMagick.
#pragma once

#include <string>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

// What ImageMagick sees: all frames or pages one after the other as RGBA, frames laid over each other.
struct Seen {
    std::string sizes; // "64x48 64x48"
    Bytes pixels;
};
Seen look(View picture, const std::string& kind);
// The largest difference of any sample; 256 if the sizes differ.
int difference(const Seen& a, const Seen& b);

// Made by ImageMagick from a gradient with a dark corner, 64 x 48; `options` as on its command line.
Bytes make(const std::string& options, const std::string& kind);

// A GIF by hand: one frame of 2 x 2 with four colours; `blocks` stand before the frame, `behind` behind the end.
Bytes make_gif(const std::string& blocks, const std::string& behind);

} // namespace sekisho::tests
