// Inside the room only.
#pragma once

#include "sanitizer/formats/archive_encryption/archive_encryption.h"

namespace sekisho::archive_encryption {

Result<std::unique_ptr<Source>> open_seven_zip(const Source& in, std::span<const std::string> passwords, Budget& budget,
                                               const Unpack& unpack);

} // namespace sekisho::archive_encryption
