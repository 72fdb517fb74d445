#include "sanitizer/worker/channel.h"

#include <charconv>
#include <cstring>

namespace sekisho::worker {

namespace {

constexpr std::string_view flag = "--channel";

template <typename Integer> bool number_of(const char* text, Integer& value) {
    const char* end = text + std::strlen(text);
    const auto parsed = std::from_chars(text, end, value);
    return parsed.ec == std::errc() && parsed.ptr == end;
}

} // namespace

std::vector<std::string> channel_arguments(const std::string& program, const Options& options) {
    return {program,
            std::string(flag),
            std::to_string(options.idle),
            std::to_string(options.parallel),
            std::to_string(options.seconds),
            std::to_string(options.memory),
            std::to_string(options.bytes_out)};
}

bool wants_channel(std::span<char* const> words) {
    return !words.empty() && words[0] == flag;
}

int serve_channel(const Kind& kind, std::span<char* const> words) {
    Options options;
    if (words.size() != 6 || !number_of(words[1], options.idle) || !number_of(words[2], options.parallel) ||
        !number_of(words[3], options.seconds) || !number_of(words[4], options.memory) ||
        !number_of(words[5], options.bytes_out))
        return 2;
    run_zygote(kind, options, Descriptor(channel_descriptor));
}

} // namespace sekisho::worker
