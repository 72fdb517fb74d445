#include "base/settings/check.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/text/edit_distance.h"

namespace sekisho {

namespace {

struct Unit {
    std::string_view name;
    std::uint64_t factor; // bytes or seconds
    bool is_time;
};

constexpr std::array units{
    Unit{"B", 1, false},
    Unit{"bytes", 1, false},
    Unit{"kB", 1000, false},
    Unit{"KB", 1000, false},
    Unit{"MB", 1'000'000, false},
    Unit{"GB", 1'000'000'000, false},
    Unit{"KiB", 1ULL << 10, false},
    Unit{"MiB", 1ULL << 20, false},
    Unit{"GiB", 1ULL << 30, false},
    Unit{"TiB", 1ULL << 40, false},
    Unit{"s", 1, true},
    Unit{"seconds", 1, true},
    Unit{"min", 60, true},
    Unit{"minutes", 60, true},
    Unit{"h", 3600, true},
    Unit{"hours", 3600, true},
    Unit{"d", 86'400, true},
    Unit{"days", 86'400, true},
};

const Unit* unit_named(std::string_view name) {
    const auto found = std::ranges::find(units, name, &Unit::name);
    return found == units.end() ? nullptr : &*found;
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

bool is_name(std::string_view value) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !value.empty() && value[0] >= 'a' && value[0] <= 'z' && std::ranges::all_of(value, fits);
}

bool is_path(std::string_view value) {
    if (!value.starts_with('/') || value.find('\0') != value.npos) return false;
    for (std::size_t start = 1; start <= value.size();) {
        const std::size_t slash = std::min(value.find('/', start), value.size());
        if (value.substr(start, slash - start) == "..") return false;
        start = slash + 1;
    }
    return true;
}

bool is_endpoint(std::string_view value) {
    const std::size_t colon = value.rfind(':');
    if (colon == value.npos || colon == 0 || colon > 255) return false;
    const std::string_view digits = value.substr(colon + 1);
    unsigned port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    const std::string_view host = value.substr(0, colon);
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    return error == std::errc() && end == digits.data() + digits.size() && port >= 1 && port <= 65535 &&
           (bracketed || host.find_first_of(": /[]") == host.npos);
}

bool is_address(std::string_view value) {
    std::array<unsigned char, 16> buffer{};
    const std::string text(value);
    return inet_pton(AF_INET, text.c_str(), buffer.data()) == 1 ||
           inet_pton(AF_INET6, text.c_str(), buffer.data()) == 1;
}

} // namespace

Result<std::uint64_t> number_in_unit(std::string_view text, std::string_view unit) {
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const auto used = static_cast<std::size_t>(end - text.data());
    if (error != std::errc()) return reject("settings.unit", "a number with a unit is expected");
    const std::string_view given = trimmed(text.substr(used));
    if (given.empty()) return count;
    const Unit* from = unit_named(given);
    const Unit* to = unit_named(unit);
    if (!from || !to || from->is_time != to->is_time)
        return reject("settings.unit", fmt::format("the unit \"{}\" does not fit {}", given, unit));
    std::uint64_t smallest = 0;
    if (__builtin_mul_overflow(count, from->factor, &smallest) || smallest % to->factor != 0)
        return reject("settings.unit", fmt::format("\"{}\" is no whole number of {}", text, unit));
    return smallest / to->factor;
}

namespace settings {

std::string problem_with(const SettingRow& row, std::string_view value) {
    if (value.size() > row.maximum) return fmt::format("at most {} bytes are allowed", row.maximum);
    switch (row.kind) {
    case SettingKind::name:
        return is_name(value) ? "" : "a name is expected: small letters, digits and \"-\"";
    case SettingKind::path:
        return is_path(value) ? "" : "an absolute path without \"..\" is expected";
    case SettingKind::optional_path:
        return value.empty() || is_path(value) ? "" : "an absolute path without \"..\" is expected, or nothing";
    case SettingKind::endpoint:
        return value.empty() || is_endpoint(value) ? "" : "\"host:port\" is expected, or nothing";
    case SettingKind::address:
        return is_address(value) ? "" : "an IPv4 or IPv6 address is expected";
    default:
        return "";
    }
}

std::string problem_with(const SettingRow& row, std::uint64_t value) {
    if (value >= row.minimum && value <= row.maximum) return "";
    return fmt::format("{} to {} {} are allowed", row.minimum, row.maximum, row.unit);
}

std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates) {
    constexpr std::size_t longest = 64;
    if (name.size() > longest) return {};
    std::string_view best;
    std::size_t fewest = std::max<std::size_t>(1, name.size() / 3) + 1;
    for (const std::string_view candidate : candidates) {
        const std::size_t errors = edit_distance(name, candidate);
        if (errors >= fewest) continue;
        fewest = errors;
        best = candidate;
    }
    return best;
}

} // namespace settings

} // namespace sekisho
