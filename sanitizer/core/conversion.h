// What a format may ask an office suite to do.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/stream/stream.h"

namespace sekisho {

// A kind of document as the suite's filters know it.
enum class Document : std::uint8_t {
    doc,    // Word 97 to 2003
    doc_95, // Word 6 and 95
    xls,    // Excel 97 to 2003
    xls_95, // Excel 5 and 95
    ppt,
    rtf,
    xlsb,
    word_xml,  // Word 2003 XML
    excel_xml, // Excel 2003 XML
    docx,
    xlsx,
    pptx,
    odt,
    ods,
    odp,
    odg,
    html,
    pdf,
    count
};

struct Conversion {
    Document from = Document::count;
    Document to = Document::count;
    std::string_view password = {}; // UTF-8; empty: none
    // What the suite takes for the present, in seconds since 1970 (UTC), so that it computes the same each time. As
    // good as any for a document that does not say when it was saved: 1 January 2000.
    std::int64_t now = 946'684'800;
};

// Has an office suite load a document and save it as another kind, in a process of its own. What comes back is as
// hostile as what went in.
class Converter {
public:
    virtual ~Converter() = default;
    // Refuses Reason::convert_*; fail Reason::convert_unavailable.
    virtual Result<> convert(const Source& in, Sink& out, const Conversion& conversion) = 0;
};

} // namespace sekisho
