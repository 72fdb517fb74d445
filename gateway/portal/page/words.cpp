// Times, sizes and places in words.
#include <algorithm>
#include <array>
#include <ctime>

#include <fmt/format.h>

#include "gateway/portal/page/texts.h"

namespace sekisho::portal {

namespace {

constexpr std::int64_t japan_is_ahead = 9 * 3600; // seconds

std::tm parts_of(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm parts{};
    gmtime_r(&time, &parts);
    return parts;
}

std::string with_separators(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
    return text;
}

} // namespace

std::string time_text(std::int64_t milliseconds) {
    const std::tm parts = parts_of(milliseconds / 1000);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                       parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, milliseconds % 1000);
}

std::string local_time_text(std::int64_t milliseconds) {
    const std::tm parts = parts_of(milliseconds / 1000 + japan_is_ahead);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                       parts.tm_hour, parts.tm_min);
}

std::string size_text(std::uint64_t bytes, bool japanese) {
    constexpr std::array<const char*, 4> units{"KB", "MB", "GB", "TB"};
    const std::string exact = fmt::format("{} {}", with_separators(bytes), text_of(Text::unit_bytes, japanese));
    if (bytes < 1024) return exact;
    double value = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    for (; value >= 1024 && unit + 1 < units.size(); ++unit) value /= 1024;
    return fmt::format("{:.1f} {} ({})", value, units[unit], exact);
}

std::string path_text(const Path& path, bool japanese) {
    std::string out;
    const std::size_t length = std::min<std::size_t>(path.length, Path::longest);
    for (std::size_t i = 0; i < length; ++i) {
        const Step& step = path.steps[i];
        if (!out.empty()) out += " / ";
        out += text_of(text_of(step.place), japanese);
        if (step.number != 0) out += fmt::format(" {}", step.number);
    }
    return out.empty() ? std::string(text_of(Text::place_file, japanese)) : out;
}

} // namespace sekisho::portal
