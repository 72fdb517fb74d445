// The lines of stderr: `event key=value ...`. Values come from our own tables and numbers, or are quoted.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "base/error/error.h"

namespace sekisho {

// RFC 5424 section 6.2.1.
enum class Severity : std::uint8_t { emergency, alert, critical, error, warning, notice, info, debug };

enum class DaemonEvent : std::uint8_t {
#define EVENT(id, ...) id,
#include "gateway/daemon/events.def"
#undef EVENT
    count
};

struct EventRow {
    std::string_view name;
    Severity severity;
    std::string_view english;
    std::string_view japanese;
};

std::span<const EventRow> all_daemon_events();

struct EventField {
    std::string_view key;
    std::string value;
};

// "process.died process=ledger signal=9": a value with anything but letters, digits and ._-/@: is quoted and escaped;
// one without a value is left out.
std::string event_line(DaemonEvent event, std::initializer_list<EventField> fields);
// Writes the line with one write(2), so that lines of several processes do not mix.
void say(DaemonEvent event, std::initializer_list<EventField> fields = {});
void say_failed(std::string_view process, const Error& error);

} // namespace sekisho
