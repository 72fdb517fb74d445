#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::office_encryption {

// The passwords with which Excel and PowerPoint open a file without asking.
std::vector<Bytes> program_passwords();

// Each password as UTF-16LE: as it was written, and in the Unicode forms that another keyboard or system makes of it
// (NFC, NFD, SASLprep). In the order given, each once. Longer than Office allows: left out.
std::vector<Bytes> password_forms(std::span<const std::string> passwords);

} // namespace sekisho::office_encryption
