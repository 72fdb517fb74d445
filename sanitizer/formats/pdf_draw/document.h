// Opening a PDF for drawing, within limits.
#pragma once

#include "sanitizer/core/job.h"
#include "sanitizer/formats/pdf_draw/handles.h"

namespace sekisho::pdf::drawing {

struct PageSize {
    double width = 0; // points
    double height = 0;
};

// `file` must outlive it.
Result<Document> open_document(View file, const Limits& limits);
int page_count(const Document& document);
// A page and its size as shown (rotated, cropped); refuses sizes that the standard does not know.
Result<Page> open_page(const Document& document, int index, PageSize& size);

} // namespace sekisho::pdf::drawing
