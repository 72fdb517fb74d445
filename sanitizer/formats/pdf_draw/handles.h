// Owners for the C objects of GLib, Poppler and Cairo.
#pragma once

#include <memory>

#include <cairo.h>
#include <glib-object.h>
#include <poppler.h>

namespace sekisho::pdf::drawing {

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};
struct Free {
    void operator()(void* memory) const { g_free(memory); }
};
struct Destroy {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* pen) const { cairo_destroy(pen); }
};
struct UnrefBytes {
    void operator()(GBytes* bytes) const { g_bytes_unref(bytes); }
};

using Document = std::unique_ptr<PopplerDocument, Unref>;
using Page = std::unique_ptr<PopplerPage, Unref>;
using Surface = std::unique_ptr<cairo_surface_t, Destroy>;
using Pen = std::unique_ptr<cairo_t, Destroy>;
using Characters = std::unique_ptr<char, Free>;

} // namespace sekisho::pdf::drawing
