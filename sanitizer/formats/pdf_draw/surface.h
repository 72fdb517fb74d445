// A PDF that Cairo writes into memory, within limits.
#pragma once

#include "sanitizer/core/job.h"
#include "sanitizer/formats/pdf_draw/handles.h"

namespace sekisho::pdf::drawing {

class PdfSurface {
public:
    // `most`: bytes of the PDF.
    explicit PdfSurface(std::uint64_t most);
    PdfSurface(const PdfSurface&) = delete;
    PdfSurface& operator=(const PdfSurface&) = delete;

    cairo_surface_t* get() const { return m_surface.get(); }
    void set_size(double width, double height); // points; of the page that is drawn next
    bool is_full() const { return m_output.full; }
    // The whole PDF; nothing is drawn after that. Refuses Reason::limit_bytes and input_damaged.
    Result<Bytes> finish();

private:
    struct Output {
        Bytes bytes;
        std::uint64_t limit;
        bool full = false;
    };
    static cairo_status_t append(void* closure, const unsigned char* data, unsigned length);

    Output m_output;
    Surface m_surface; // writes its end into the output when it is destroyed
};

} // namespace sekisho::pdf::drawing
