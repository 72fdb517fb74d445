#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::archive_encryption {

// Each password in the Unicode forms that keyboards make, in the order given, each once.
std::vector<std::string> utf8_passwords(std::span<const std::string> passwords);
Bytes utf16le(const std::string& utf8);

} // namespace sekisho::archive_encryption
