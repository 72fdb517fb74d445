// Office Open XML (ECMA-376, ISO/IEC 29500): Word, Excel and PowerPoint packages rebuilt part by part.
#pragma once

#include "sanitizer/core/job.h"
#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho::ooxml {

// Type::docx, xlsx or pptx, whatever kind (macro, template, show) the package was; writes the plain document kind.
Result<Type> rebuild(Job& job);
// The same of a package that the converter wrote of another document. What is only of the office suite's making is not
// reported: its own markup, and properties that say nothing of what the document carried.
Result<Type> rebuild_converted(Job& job);

// The characters only, UTF-8 with line feeds: paragraphs, cells separated by tabs, slides. Type::text.
Result<Type> text(Job& job);

// By the content types and the relationship to the main part, never by names: docx, xlsx or pptx; Type::xlsb;
// Type::macro_office for add-ins; Type::zip if this is no such package.
Result<Type> identify(const Source& in, const ZipReader& zip);

} // namespace sekisho::ooxml
