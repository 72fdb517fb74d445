// OpenDocument packages with one vector.
#pragma once

#include <string>

#include "tests/sanitizer/rows/words.h"
#include "tests/sanitizer/samples/odf.h"

namespace sekisho::rows {

using tests::OdfSample;

inline const std::string odf_words = "<text:p>words</text:p>";

// A text document that says "words" after what is given.
template <Words body> Bytes odt() {
    return OdfSample::text(body.text + odf_words).bytes();
}

inline std::string odf_image(const std::string& address) {
    return "<text:p><draw:frame><draw:image xlink:href=\"" + address + "\"/></draw:frame></text:p>";
}

inline std::string odf_cell(const std::string& attributes, const std::string& shown = "words") {
    return "<table:table-row><table:table-cell " + attributes + "><text:p>" + shown +
           "</text:p></table:table-cell></table:table-row>";
}

} // namespace sekisho::rows
