// The document's properties: nothing of them is delivered but which program family wrote the file. LibreOffice decides
// by it whether stored cell values and the chart defaults of 2007 are to be believed.
#pragma once

#include "sanitizer/formats/ooxml/package.h"

namespace sekisho::ooxml {

// docProps/app.xml as it is delivered; empty if the file is not by Microsoft Office, or does not say.
Result<std::string> clean_properties(const Package& package, const std::string& part, Type type, Budget& budget);

// Whether docProps/core.xml or app.xml has words of the people who wrote the document.
Result<bool> has_words(const Package& package, const std::string& part, Budget& budget);

} // namespace sekisho::ooxml
