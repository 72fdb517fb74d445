#include "sanitizer/formats/pdf_draw/document.h"

#include <cmath>

namespace sekisho::pdf::drawing {

namespace {

constexpr double longest_side = 14'400; // points; ISO 32000-1, annex C

} // namespace

Result<Document> open_document(View file, const Limits& limits) {
    const std::unique_ptr<GBytes, UnrefBytes> bytes(g_bytes_new_static(file.data(), file.size()));
    Document document(poppler_document_new_from_bytes(bytes.get(), nullptr, nullptr));
    if (!document) return refuse(Reason::input_damaged);
    const int count = page_count(document);
    if (count <= 0) return refuse(Reason::pdf_no_pages);
    if (static_cast<std::uint32_t>(count) > limits.pages) return refuse(Reason::limit_pages);
    return document;
}

int page_count(const Document& document) {
    return poppler_document_get_n_pages(document.get());
}

Result<Page> open_page(const Document& document, int index, PageSize& size) {
    Page page(poppler_document_get_page(document.get(), index));
    if (!page) return refuse(Reason::input_damaged);
    poppler_page_get_size(page.get(), &size.width, &size.height);
    for (const double side : {size.width, size.height}) {
        if (!std::isfinite(side) || side <= 0) return refuse(Reason::input_damaged);
        if (side > longest_side) return refuse(Reason::limit_pixels);
    }
    return page;
}

} // namespace sekisho::pdf::drawing
