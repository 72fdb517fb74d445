// What libarchive does not say: whether a file is all of an archive, and whether it is more than that.
#pragma once

#include "base/stream/stream.h"
#include "sanitizer/core/budget.h"

namespace sekisho::archive_foreign {

// Refuses Reason::archive_part for a part of a set that came alone, Reason::archive_method for a RAR before version 2.
Result<> check_start(Type type, const Source& in, bool joined);

// Whether anything but zeros follows the archive; `used`: how far it was read.
Result<bool> bytes_behind(Type type, const Source& in, std::uint64_t used, Budget& budget);

// Padding is zeros, whatever wrote it.
Result<bool> any_but_zeros(const Source& in, std::uint64_t from, Budget& budget);

} // namespace sekisho::archive_foreign
