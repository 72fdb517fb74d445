#pragma once

#include <span>
#include <string>
#include <vector>

namespace sekisho::archive {

// The byte strings that an archiver may have made of each password: UTF-8, and CP932 as archivers in Japan do. In the
// order given, each once.
std::vector<std::string> password_bytes(std::span<const std::string> passwords);

} // namespace sekisho::archive
