#pragma once

#include "sanitizer/formats/pdf_draw/document.h"

namespace sekisho::pdf::drawing {

// All pages in order as a PDF of vectors. Still an intermediate: Cairo wrote it.
Result<Bytes> draw_pages(const Document& document, Context& context);

} // namespace sekisho::pdf::drawing
