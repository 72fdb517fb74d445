#pragma once

#include "sanitizer/formats/metafile/objects.h"

namespace sekisho::metafile {

// The objects that every device context knows ([MS-EMF] 2.1.31); Other for what has no effect.
Object stock_object(std::uint32_t number);

} // namespace sekisho::metafile
