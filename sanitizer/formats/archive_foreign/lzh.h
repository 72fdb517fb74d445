// LZH: headers read here, contents unpacked by libarchive. libarchive alone gives up at a name in CP932 that no header
// marks, and that is what archivers in Japan wrote.
#pragma once

#include "sanitizer/formats/archive_foreign/reader.h"

namespace sekisho::archive_foreign {

Result<std::unique_ptr<Reader>> open_lzh(const Source& in, Budget& budget);

} // namespace sekisho::archive_foreign
