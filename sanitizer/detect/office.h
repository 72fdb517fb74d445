#pragma once

#include <optional>

#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho::detection {

// The kind of an Office Open XML package, Type::unknown for another package of the same container (XPS, Visio);
// nothing if the archive has no list of content types and so is no package at all.
Result<std::optional<Type>> office_kind(const Source& in, const ZipReader& zip);

} // namespace sekisho::detection
