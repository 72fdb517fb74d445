// A compound file of a few streams ([MS-CFB], version 3), for a reader that takes nothing else.
#pragma once

#include <span>
#include <string_view>

#include "base/bytes/bytes.h"

namespace sekisho {

struct NamedStream {
    std::string_view name; // ASCII, at most 31 characters
    View content;          // up to 2 GiB; shorter than 4 KiB: zeros follow
};

// At most three, sorted by the length of their names, no two of one length.
Bytes write_compound_file(std::span<const NamedStream> streams);

} // namespace sekisho
