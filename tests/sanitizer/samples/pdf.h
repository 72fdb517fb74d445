// Small PDF files written by hand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

// One page with the text "Hello", built from object 1 (catalogue), 2 (pages), 3 (page), 4 (content), 5 (Helvetica).
// More objects are numbered from 6 on.
class PdfSample {
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

} // namespace sekisho::tests
