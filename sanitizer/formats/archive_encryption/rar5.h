// Inside the room only. RAR 5.0 archive format, the technote of rarlab.com; sections are named by its headings.
#pragma once

#include "sanitizer/formats/archive_encryption/archive_encryption.h"

namespace sekisho::archive_encryption {

// Refuses archive_encryption for volumes, too, and archive_checksum for files that nobody here can check.
Result<Opened> open_rar5(const Source& in, std::span<const std::string> passwords, Budget& budget);

} // namespace sekisho::archive_encryption
