#pragma once

#include "sanitizer/formats/metafile/gdi.h"

namespace sekisho::metafile {

struct Wmf {
    Gdi& gdi;
    ObjectTable objects;
};

// Does what one record says; an unknown one, an escape or a printer's does nothing.
Result<> play_wmf_record(Wmf& wmf, std::uint16_t function, Fields& fields);

// By subject; each ignores what it does not know.
Result<> play_wmf_shape(Wmf& wmf, std::uint16_t function, Fields& fields);
Result<> play_wmf_object(Wmf& wmf, std::uint16_t function, Fields& fields);
Result<> play_wmf_bitmap(Wmf& wmf, std::uint16_t function, Fields& fields);
Result<> play_wmf_text(Wmf& wmf, std::uint16_t function, Fields& fields);

} // namespace sekisho::metafile
