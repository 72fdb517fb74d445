#include "sanitizer/formats/pdf_draw/surface.h"

#include <new>

#include <cairo-pdf.h>

namespace sekisho::pdf::drawing {

PdfSurface::PdfSurface(std::uint64_t most)
    : m_output{{}, most}, m_surface(cairo_pdf_surface_create_for_stream(append, &m_output, 72, 72)) {}

cairo_status_t PdfSurface::append(void* closure, const unsigned char* data, unsigned length) {
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

void PdfSurface::set_size(double width, double height) {
    cairo_pdf_surface_set_size(m_surface.get(), width, height);
}

Result<Bytes> PdfSurface::finish() {
    cairo_surface_finish(m_surface.get());
    if (m_output.full) return refuse(Reason::limit_bytes);
    if (cairo_surface_status(m_surface.get()) != CAIRO_STATUS_SUCCESS) return refuse(Reason::input_damaged);
    return std::move(m_output.bytes);
}

} // namespace sekisho::pdf::drawing
