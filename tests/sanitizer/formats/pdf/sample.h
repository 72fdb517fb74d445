// Small PDF files written by hand, and a look at rebuilt ones that does not use the code under test.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sanitizer/formats/pdf/pdf.h"
#include "tests/support/corpus.h"

namespace sekisho::tests {

// One page with the text "Hello", built from object 1 (catalogue), 2 (pages), 3 (page), 4 (content), 5 (Helvetica).
// More objects are numbered from 6 on.
class Sample {
public:
    std::string catalog;   // entries besides /Type and /Pages
    std::string page;      // entries besides the usual ones
    std::string resources; // entries besides /Font
    std::string content = "BT /F1 24 Tf 20 50 Td (Hello) Tj ET";
    std::string trailer;

    int add(std::string_view object);
    int add_stream(std::string_view keys, std::string_view data);
    Bytes bytes() const;

private:
    std::vector<std::string> m_more;
};

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
