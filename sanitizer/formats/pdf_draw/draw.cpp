#include "sanitizer/formats/pdf_draw/draw.h"

#include <algorithm>
#include <cmath>

#include "sanitizer/formats/pdf_draw/surface.h"

namespace sekisho::pdf::drawing {

namespace {

// What vectors cannot say, Cairo draws as pixels: sharp enough for print, bounded for giant pages.
constexpr double best_resolution = 150; // dots per inch
constexpr double most_page_pixels = 40e6;
constexpr double points_per_inch = 72;

double resolution_for(const PageSize& size) {
    const double inches = size.width * size.height / (points_per_inch * points_per_inch);
    return std::min(best_resolution, std::sqrt(most_page_pixels / inches));
}

Result<> draw_page(const Document& document, int index, PdfSurface& surface) {
    PageSize size;
    const Page page = TRY(open_page(document, index, size));
    surface.set_size(size.width, size.height);
    const double resolution = resolution_for(size);
    cairo_surface_set_fallback_resolution(surface.get(), resolution, resolution);
    const Pen pen(cairo_create(surface.get()));
    poppler_page_render(page.get(), pen.get());
    cairo_show_page(pen.get());
    if (cairo_status(pen.get()) == CAIRO_STATUS_NO_MEMORY) return refuse(Reason::limit_memory);
    return {};
}

} // namespace

Result<Bytes> draw_pages(const Document& document, Context& context) {
    PdfSurface surface(context.limits().bytes_in_memory);
    for (int index = 0; index < page_count(document) && !surface.is_full(); ++index) {
        TRY(draw_page(document, index, surface));
        TRY(context.budget().check_time());
    }
    return surface.finish();
}

} // namespace sekisho::pdf::drawing
