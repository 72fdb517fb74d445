// The few facts of an EXIF block (CIPA DC-008) that matter here.
#pragma once

#include "base/bytes/bytes.h"

namespace sekisho::image {

struct Exif {
    unsigned orientation = 1; // 1..8 as in the standard
    bool gps = false;
    bool thumbnail = false;
};

// `tiff` begins at the TIFF header. Nonsense gives the defaults.
Exif parse_exif(View tiff);

} // namespace sekisho::image
