#include "gateway/daemon/events.h"

#include <algorithm>
#include <unistd.h>

#include <fmt/format.h>

namespace sekisho {

namespace {

constexpr std::size_t longest_value = 1000;

#define EVENT(id, name, severity, english, japanese) EventRow{name, Severity::severity, english, japanese},
constexpr EventRow rows[] = {
#include "gateway/daemon/events.def"
};
#undef EVENT

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("._-/@:+").find(c) != std::string_view::npos;
}

std::string quoted(std::string_view value) {
    value = value.substr(0, longest_value);
    if (!value.empty() && std::ranges::all_of(value, is_plain)) return std::string(value);
    std::string out = "\"";
    for (const char c : value) {
        const auto code = static_cast<unsigned char>(c);
        if (code < 0x20 || code == 0x7F)
            out += fmt::format("\\x{:02x}", code);
        else if (c == '"' || c == '\\')
            out.append({'\\', c});
        else
            out += c;
    }
    return out + '"';
}

} // namespace

std::span<const EventRow> all_daemon_events() {
    return rows;
}

std::string event_line(DaemonEvent event, std::initializer_list<EventField> fields) {
    std::string line(rows[static_cast<std::size_t>(event)].name);
    for (const EventField& field : fields)
        if (!field.value.empty()) line += fmt::format(" {}={}", field.key, quoted(field.value));
    return line;
}

void say(DaemonEvent event, std::initializer_list<EventField> fields) {
    const std::string line = event_line(event, fields) + '\n';
    // Nobody can be told that stderr is gone.
    [[maybe_unused]] const auto written = write(STDERR_FILENO, line.data(), line.size());
}

void say_failed(std::string_view process, const Error& error) {
    say(DaemonEvent::daemon_failed, {{"process", std::string(process)},
                                     {"code", error.code},
                                     {"message", error.message},
                                     {"where", error.where},
                                     {"help", error.help}});
}

} // namespace sekisho
