// Days and times as people write them.
#pragma once

#include <chrono>
#include <string>

#include "base/error/error.h"

namespace sekisho::cli {

struct LocalTime {
    std::chrono::sys_days day; // local
    unsigned minute = 0;       // of the day
};

LocalTime now();
// "2026-04-01"; reject "usage" for anything else.
Result<std::chrono::sys_days> day_of(const std::string& text);
std::string text_of(std::chrono::sys_days day);
std::string text_of_minute(unsigned minute);

} // namespace sekisho::cli
