// Font programs: parsed into a model and written from it, without the instructions that fonts can carry.
#pragma once

#include "base/bytes/bytes.h"
#include "sanitizer/core/budget.h"

namespace sekisho::pdf {

enum class FontFormat : std::uint8_t { none, type1, truetype, cff, opentype };

// By the first bytes, whatever the document says.
FontFormat font_format(View program);

struct FontProgram {
    Bytes bytes;
    bool had_instructions = false;
    bool keyed_by_cid = false;    // a CID-keyed CFF
    std::size_t clear_length = 0; // Type 1 only: the three parts
    std::size_t encrypted_length = 0;
    std::size_t trailer_length = 0;
};

Result<FontProgram> rewrite_sfnt(View program, Budget& budget);
Result<FontProgram> rewrite_cff(View program, Budget& budget);
Result<FontProgram> rewrite_type1(View program, Budget& budget);

} // namespace sekisho::pdf
