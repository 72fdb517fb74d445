// Office packages written as one XML document (Flat OPC).
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::flat_opc {

// Type::docx, xlsx or pptx, as ooxml::rebuild.
Result<Type> rebuild(Job& job);
// The characters only, as ooxml::text.
Result<Type> text(Job& job);

} // namespace sekisho::flat_opc
