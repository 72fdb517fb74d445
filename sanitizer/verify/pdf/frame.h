// The bytes of a PDF around its objects: every byte must belong to the header, an object that the cross-reference
// lists, the cross-reference, or the end. So nothing can be hidden between, before or after objects, and no reader
// that repairs or scans files sees anything else.
#pragma once

#include "sanitizer/verify/pdf/poppler_api.h"

namespace sekisho::verify {

struct Frame {
    std::size_t body = 0;      // first byte after the header
    std::size_t xref = 0;      // what startxref says
    std::size_t startxref = 0; // offset of the keyword
};

Result<Frame> read_frame(View file);

// Accounts for every byte. The cross-reference must be one table: the sanitiser writes no object streams.
Result<> account_for_bytes(PopplerFile& file, const Frame& frame);

} // namespace sekisho::verify
