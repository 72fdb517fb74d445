// Numbers of RAR 5.
#pragma once

#include "base/bytes/bytes.h"

namespace sekisho {

// RAR 5.0 technote, "Variable length integer". Refuses Reason::archive_damaged for more than 63 bits.
Result<std::uint64_t> rar_variable(ByteReader& reader);

} // namespace sekisho
