#pragma once

#include <string>
#include <string_view>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho {

// One file name (no folders) as safe UTF-8 in NFC: no control, bidirectional or invisible characters, nothing that a
// file system forbids, no reserved device name, at most 240 bytes, never empty. Sets `changed` if it is another one.
std::string clean_file_name(std::string_view utf8, bool& changed);

// The name with an extension that fits the type: kept if it does, exchanged if it is a sister of it (docm for docx),
// else appended ("evil.js" that is text becomes "evil.js.txt").
std::string name_for_type(std::string_view name, Type type);

// At most `longest` bytes; the extension stays, the stem is cut between characters.
std::string cut_file_name(std::string_view name, std::size_t longest);

// Two names with one key are one file for a file system that does not tell case apart.
std::string name_key(std::string_view utf8);

// Loads ICU's data, so that a confined process finds it in memory.
void warm_up_names();

} // namespace sekisho
