#include "sanitizer/formats/pdf_draw/draw.h"

#include <algorithm>
#include <cmath>
#include <new>

#include <cairo-pdf.h>

namespace sekisho::pdf::drawing {

namespace {

// What vectors cannot say, Cairo draws as pixels: sharp enough for print, bounded for giant pages.
constexpr double best_resolution = 150; // dots per inch
constexpr double most_page_pixels = 40e6;
constexpr double points_per_inch = 72;

struct Output {
    Bytes bytes;
    std::uint64_t limit;
    bool full = false;
};

cairo_status_t append(void* closure, const unsigned char* data, unsigned length) {
    auto* output = static_cast<Output*>(closure);
    if (output->full || length > output->limit - output->bytes.size()) {
        output->full = true;
        return CAIRO_STATUS_WRITE_ERROR;
    }
    try {
        output->bytes.insert(output->bytes.end(), data, data + length);
    } catch (const std::bad_alloc&) {
        output->full = true;
        return CAIRO_STATUS_NO_MEMORY;
    }
    return CAIRO_STATUS_SUCCESS;
}

double resolution_for(const PageSize& size) {
    const double inches = size.width * size.height / (points_per_inch * points_per_inch);
    return std::min(best_resolution, std::sqrt(most_page_pixels / inches));
}

Result<> draw_page(const Document& document, int index, cairo_surface_t* surface) {
    PageSize size;
    const Page page = TRY(open_page(document, index, size));
    cairo_pdf_surface_set_size(surface, size.width, size.height);
    const double resolution = resolution_for(size);
    cairo_surface_set_fallback_resolution(surface, resolution, resolution);
    const Pen pen(cairo_create(surface));
    poppler_page_render(page.get(), pen.get());
    cairo_show_page(pen.get());
    if (cairo_status(pen.get()) == CAIRO_STATUS_NO_MEMORY) return refuse(Reason::limit_memory);
    return {};
}

} // namespace

Result<Bytes> draw_pages(const Document& document, Context& context) {
    Output output{{}, context.limits().bytes_in_memory};
    const Surface surface(cairo_pdf_surface_create_for_stream(append, &output, points_per_inch, points_per_inch));
    for (int index = 0; index < page_count(document) && !output.full; ++index) {
        auto drawn = draw_page(document, index, surface.get());
        // Cairo must write its end while `output` lives, whatever happens.
        if (!drawn) cairo_surface_finish(surface.get());
        TRY(std::move(drawn));
        TRY(context.budget().check_time());
    }
    cairo_surface_finish(surface.get());
    if (output.full) return refuse(Reason::limit_bytes);
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return refuse(Reason::input_damaged);
    return std::move(output.bytes);
}

} // namespace sekisho::pdf::drawing
