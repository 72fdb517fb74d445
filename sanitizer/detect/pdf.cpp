#include <algorithm>

#include "sanitizer/detect/rules.h"

namespace sekisho::detection {

// Readers accept a header within the first 1024 bytes (ISO 32000-1, annex H, note 13) and look for startxref near the
// end.
PdfSigns pdf_signs(const Ends& ends) {
    constexpr std::size_t header_within = 1024, end_within = 4096;
    PdfSigns signs;
    const std::string_view head = as_text(ends.first).substr(0, header_within);
    const std::size_t at = head.find("%PDF-");
    if (at == head.npos) return signs;
    signs.header = at;
    const std::string_view last = as_text(ends.last);
    const std::string_view tail = last.substr(last.size() - std::min(last.size(), end_within));
    signs.complete = tail.find("startxref") != tail.npos;
    return signs;
}

} // namespace sekisho::detection
