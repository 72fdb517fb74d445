#include "sanitizer/worker/channel.h"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <poll.h>

namespace sekisho::worker {

namespace {

constexpr std::string_view flag = "--channel";

template <typename Integer> bool number_of(const char* text, Integer& value) {
    const char* end = text + std::strlen(text);
    const auto parsed = std::from_chars(text, end, value);
    return parsed.ec == std::errc() && parsed.ptr == end;
}

// Or until the broker is gone, which the zygote sees, too.
void wait_until_asked() {
    pollfd watched{channel_descriptor, POLLIN, 0};
    while (poll(&watched, 1, -1) < 0 && errno == EINTR) {
    }
}

} // namespace

std::vector<std::string> channel_arguments(const std::string& program, const Options& options, bool has_converter) {
    return {program,
            std::string(flag),
            std::to_string(options.idle),
            std::to_string(options.parallel),
            std::to_string(options.seconds),
            std::to_string(options.memory),
            std::to_string(options.bytes_out),
            has_converter ? "1" : "0"};
}

bool wants_channel(std::span<char* const> words) {
    return !words.empty() && words[0] == flag;
}

int serve_channel(const Kind& kind, std::span<char* const> words, Start start) {
    Options options;
    unsigned has_converter = 0;
    if (words.size() != 7 || !number_of(words[1], options.idle) || !number_of(words[2], options.parallel) ||
        !number_of(words[3], options.seconds) || !number_of(words[4], options.memory) ||
        !number_of(words[5], options.bytes_out) || !number_of(words[6], has_converter) || has_converter > 1)
        return 2;
    if (start == Start::when_asked) wait_until_asked();
    run_zygote(kind, options, Descriptor(channel_descriptor), {},
               Descriptor(has_converter == 1 ? converter_descriptor : -1));
}

} // namespace sekisho::worker
