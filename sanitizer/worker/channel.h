// A zygote as a program of its own: `PROGRAM --channel IDLE PARALLEL SECONDS MEMORY BYTES_OUT` with the broker's socket
// as descriptor 3. Spoken between our own programs only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sanitizer/worker/zygote.h"

namespace sekisho::worker {

inline constexpr int channel_descriptor = 3;

std::vector<std::string> channel_arguments(const std::string& program, const Options& options);
// Whether the words (without the program's name) ask for it.
bool wants_channel(std::span<char* const> words);
// Runs the zygote. Returns 2 for words that are not those above, else does not return.
int serve_channel(const Kind& kind, std::span<char* const> words);

} // namespace sekisho::worker
