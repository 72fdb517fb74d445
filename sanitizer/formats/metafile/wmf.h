// Windows metafiles of the 16-bit kind ([MS-WMF]).
#pragma once

#include "sanitizer/formats/metafile/emf.h"

namespace sekisho::metafile {

struct WmfFrame {
    Frame frame;
    Rect window; // logical coordinates of the whole picture
    std::size_t first_record = 0;
};

bool is_wmf(View file);
Result<WmfFrame> read_wmf_frame(View file);
// As play_emf.
Result<bool> play_wmf(View file, const WmfFrame& frame, Gdi& gdi);

} // namespace sekisho::metafile
