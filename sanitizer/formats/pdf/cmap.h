// CMaps (Adobe Technical Note 5014; ISO 32000-1, 9.7.5 and 9.10.3): the mappings are read, the program around them is
// not.
#pragma once

#include <string>

#include "base/bytes/bytes.h"

namespace sekisho::pdf {

enum class CMapUse : std::uint8_t { encoding, to_unicode };

struct CMap {
    std::string text;
    std::string keys; // stream dictionary entries, for an encoding
};

Result<CMap> rewrite_cmap(View program, CMapUse use);

} // namespace sekisho::pdf
