// A GIF file (CompuServe GIF89a, 1990) taken apart: what is drawn, nothing else.
#pragma once

#include <optional>

#include "sanitizer/core/job.h"

namespace sekisho::raster {

struct GifFrame {
    std::uint32_t left = 0, top = 0, width = 0, height = 0;
    bool interlaced = false;
    std::uint8_t disposal = 0; // 0..3
    std::uint16_t delay = 0;   // hundredths of a second
    std::optional<std::uint8_t> transparent;
    Bytes palette;          // RGB triples; empty: the global one
    unsigned code_bits = 8; // of the packed data
    std::size_t data = 0;   // where its sub-blocks begin
};

struct Gif {
    std::uint32_t width = 0, height = 0;
    Bytes palette; // global
    std::optional<std::uint16_t> loops;
    std::vector<GifFrame> frames;

    bool comment = false;
    bool metadata = false;
    bool unknown = false;
    bool trailing = false;
    bool damaged = false;

    const Bytes& palette_of(const GifFrame& frame) const { return frame.palette.empty() ? palette : frame.palette; }
};

// gif_read.cpp: the structure; refuses what has no frame. Takes each frame's size from the budget.
Result<Gif> read_gif(View file, Budget& budget);
// The symbols of a frame, in order of rows, as many as it has pixels; what is missing is transparent or 0.
Bytes read_gif_frame(View file, const GifFrame& frame, bool& damaged);

// gif_write.cpp
void write_gif_start(ByteWriter& writer, const Gif& gif);
void write_gif_frame(ByteWriter& writer, const GifFrame& frame, View symbols, std::size_t colours);
void write_gif_end(ByteWriter& writer);

} // namespace sekisho::raster
