// The few facts of an EXIF block (CIPA DC-008) that matter here.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes/bytes.h"

namespace sekisho::image {

// Where a photograph was taken (CIPA DC-008 4.6.6), as whole numbers of ours.
struct Place {
    std::int64_t latitude = 0;            // in ten-thousandths of a second of arc; south is negative
    std::int64_t longitude = 0;           // the same; west is negative
    std::optional<std::int32_t> altitude; // centimetres
};

struct Exif {
    unsigned orientation = 1; // 1..8 as in the standard
    bool gps = false;
    bool thumbnail = false;
    std::optional<Place> place;
};

// `tiff` begins at the TIFF header. Nonsense gives the defaults.
Exif parse_exif(View tiff);

// An APP1 segment's content that says the place and nothing else.
Bytes exif_of(const Place& place);

} // namespace sekisho::image
