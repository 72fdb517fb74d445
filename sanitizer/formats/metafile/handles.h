// Owners for Cairo's objects.
#pragma once

#include <memory>

#include <cairo.h>

namespace sekisho::metafile {

struct Destroy {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* drawing) const { cairo_destroy(drawing); }
    void operator()(cairo_pattern_t* pattern) const { cairo_pattern_destroy(pattern); }
};

using Surface = std::unique_ptr<cairo_surface_t, Destroy>;
using Drawing = std::unique_ptr<cairo_t, Destroy>;
using Pattern = std::unique_ptr<cairo_pattern_t, Destroy>;

} // namespace sekisho::metafile
