#pragma once

#include "sanitizer/formats/cad/coding.h"
#include "sanitizer/formats/cad/words.h"
#include "sanitizer/formats/dxf/walk.h"

namespace sekisho::dxf {

// The texts of a drawing: of TEXT, MTEXT, ATTRIB and ATTDEF, and those that stand for a measure. `file` was written by
// the rewriter.
Result<> collect_words(View file, cad::Coding coding, Context& context, cad::Words& into);

// The characters of MTEXT's code (Autodesk, "Format Multiline Text Codes"): without fonts, heights and colours.
std::string plain_mtext(std::string_view code);

} // namespace sekisho::dxf
