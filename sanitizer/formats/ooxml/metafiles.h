// Pictures made of drawing commands, told by how they begin.
#pragma once

#include "base/bytes/bytes.h"

namespace sekisho::ooxml {

// EMF and WMF: these are drawn.
bool is_windows_metafile(View content);

// Those, PostScript, CGM, PICT and packed ones.
bool is_metafile(View content);

} // namespace sekisho::ooxml
