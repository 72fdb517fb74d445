// A zygote as a program of its own: `PROGRAM --channel IDLE PARALLEL SECONDS MEMORY BYTES_OUT CONVERTER` with the
// broker's socket as descriptor 3, and that to a converter as descriptor 4 if CONVERTER is 1. Spoken between our own
// programs only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sanitizer/worker/zygote.h"

namespace sekisho::worker {

inline constexpr int channel_descriptor = 3, converter_descriptor = 4;

std::vector<std::string> channel_arguments(const std::string& program, const Options& options, bool has_converter);
// Whether the words (without the program's name) ask for it.
bool wants_channel(std::span<char* const> words);
// What takes long to start may wait for the first question, where a caller mostly asks none.
enum class Start : std::uint8_t { at_once, when_asked };
// Runs the zygote. Returns 2 for words that are not those above, else does not return.
int serve_channel(const Kind& kind, std::span<char* const> words, Start start = Start::at_once);

} // namespace sekisho::worker
