// A look at rebuilt PDF files that does not use the code under test.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sanitizer/formats/pdf/pdf.h"
#include "tests/sanitizer/samples/pdf.h"
#include "tests/support/corpus.h"

namespace sekisho::tests {

using Sample = PdfSample;

struct Rebuilt {
    Result<Type> result;
    Bytes bytes;
    std::vector<Entry> entries;

    bool found(Finding finding) const;
    bool found_anything() const { return !entries.empty(); }
};

Rebuilt rebuild(View input, const Limits& limits = {}, const std::vector<std::string>& passwords = {});
// All objects and all streams of a PDF, unpacked, as qpdf writes them.
std::string unpacked(View pdf);
// What Poppler reads on the first page.
std::string text_of(View pdf);

} // namespace sekisho::tests
