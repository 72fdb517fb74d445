// "SsmgV.01": numbers are big-endian; a directory at the end says which blocks make up each piece.
#pragma once

#include <string>

#include "base/bytes/bytes.h"

namespace sekisho::ichitaro {

// The units of the text (UTF-16 and controls), in order. Refuses Reason::jtd_no_text for anything that is not laid out
// so.
Result<std::u16string> units_of(View document_text);

} // namespace sekisho::ichitaro
