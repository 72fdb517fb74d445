// Colour profiles (ICC.1): header and the tags that colour conversion reads, each by its type; texts and private tags
// go.
#pragma once

#include "base/bytes/bytes.h"

namespace sekisho::pdf {

struct Profile {
    Bytes bytes;
    int components = 0;
};

Result<Profile> rewrite_icc(View profile);

} // namespace sekisho::pdf
