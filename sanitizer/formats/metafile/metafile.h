// Windows metafiles (EMF, WMF) drawn anew as a PNG picture.
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::metafile {

Result<Type> to_png(Job& job);

// Opens the fonts. Call it once before the process is confined: afterwards no file is touched.
void warm_up();

} // namespace sekisho::metafile
