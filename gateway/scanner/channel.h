#pragma once

#include <span>

namespace sekisho::scanner {

// `--channel SIGNATURES TEMPORARY` with the broker's socket as descriptor 3: loads, confines itself, answers one Scan
// after another until the socket closes. Returns an exit status.
int serve_channel(std::span<char* const> words);

} // namespace sekisho::scanner
