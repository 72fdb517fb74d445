#pragma once

#include "sanitizer/core/job.h"
#include "sanitizer/formats/cad/coding.h"

namespace sekisho::dxf {

Result<Type> rebuild(Job& job);
Result<Type> text(Job& job); // its words

// rebuild(); says in which charset the text of what was written is.
Result<cad::Coding> rewrite(Job& job);

} // namespace sekisho::dxf
