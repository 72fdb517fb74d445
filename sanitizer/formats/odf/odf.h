// OpenDocument (ISO/IEC 26300): text, spreadsheets, presentations, drawings and formulas, as packages or flat XML,
// rebuilt as packages.
#pragma once

#include "sanitizer/core/job.h"
#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho::odf {

// Type::odt, ods, odp, odg, or Type::odf for a formula; templates become documents.
Result<Type> rebuild(Job& job);

// The characters only, UTF-8 with line feeds: paragraphs, cells separated by tabs. Type::text.
Result<Type> text(Job& job);

// By the media type that a file names itself with; Type::odf for kinds that are not rebuilt; Type::unknown if it is no
// OpenDocument media type.
Type identify(std::string_view media_type);

// Of a package without a member "mimetype": what its manifest says, or Type::unknown.
Type identify_by_manifest(const ZipReader& zip, Budget& budget);

} // namespace sekisho::odf
