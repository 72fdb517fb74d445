// The two kinds of stream that hold a file's own order (ISO 32000-1, 7.5.7 and 7.5.8).
#pragma once

#include "sanitizer/verify/pdf/poppler_api.h"

namespace sekisho::verify {

// The stream must hold exactly the objects `numbers` (rising), one after the other, and nothing else.
Result<> check_object_stream(const PopplerFile& file, const Object& stream, const std::vector<int>& numbers,
                             std::uint64_t limit);
// One section from 0 whose rows fill the data exactly.
Result<> check_xref_stream(const PopplerFile& file, const Object& stream);

} // namespace sekisho::verify
