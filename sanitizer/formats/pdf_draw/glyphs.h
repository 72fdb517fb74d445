// Text of our own on a page: the glyphs that show it.
#pragma once

#include <span>
#include <string_view>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/pdf_draw/handles.h"

namespace sekisho::pdf::drawing {

// A font in which a Japanese character is twice as wide as a Latin one.
void select_font(cairo_t* pen, double size);

struct FreeGlyphs {
    void operator()(cairo_glyph_t* glyphs) const { cairo_glyph_free(glyphs); }
    void operator()(cairo_text_cluster_t* clusters) const { cairo_text_cluster_free(clusters); }
};

// The glyphs of a piece of text, with the bytes that each cluster of them stands for.
struct Glyphs {
    std::unique_ptr<cairo_glyph_t, FreeGlyphs> glyphs;
    std::unique_ptr<cairo_text_cluster_t, FreeGlyphs> clusters;
    int glyph_count = 0, cluster_count = 0;

    std::span<cairo_glyph_t> all() const { return {glyphs.get(), static_cast<std::size_t>(glyph_count)}; }
    std::span<const cairo_text_cluster_t> groups() const {
        return {clusters.get(), static_cast<std::size_t>(cluster_count)};
    }
    // Where a glyph after the last one would stand; there is one.
    double end(cairo_t* pen) const;
};

// From there on, in the pen's font. `utf8` is valid. Refuses Reason::limit_memory and input_damaged.
Result<Glyphs> glyphs_of(cairo_t* pen, double x, double y, std::string_view utf8);

} // namespace sekisho::pdf::drawing
