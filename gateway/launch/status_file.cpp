#include "gateway/launch/status_file.h"

#include <algorithm>
#include <unistd.h>

#include "base/descriptor/descriptor.h"
#include "base/text/json_writer.h"

namespace sekisho::launch {

Result<> write_status(const std::string& path, bool isolated, const std::vector<ProcessStatus>& processes) {
    JsonWriter json;
    json.begin_object().member("launcher", getpid()).member("isolated", isolated);
    json.member("ready", std::ranges::all_of(processes, &ProcessStatus::ready));
    json.key("processes").begin_object();
    for (const ProcessStatus& status : processes) {
        json.key(status.name).begin_object().member("pid", status.process).member("ready", status.ready);
        json.member("starts", status.starts).end_object();
    }
    json.end_object().end_object();
    return write_file_durably(path, as_view(json.take() + '\n'), 0644);
}

// Written as above, by root, where nobody else can write.
bool is_isolated(const std::string& path) {
    constexpr std::uint64_t largest = 1U << 20;
    const auto text = read_file(path, largest);
    return !text || as_text(*text).find("\"isolated\":false,") == std::string_view::npos;
}

} // namespace sekisho::launch
