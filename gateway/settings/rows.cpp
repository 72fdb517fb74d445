#include <algorithm>

#include <fmt/format.h>

#include "gateway/settings/settings.h"

namespace sekisho {

namespace {

using enum SettingKind;

constexpr std::uint64_t longest_path = 512;
constexpr std::uint64_t longest_endpoint = 270;

#define NAME(dotted, most, english, japanese)                                                                          \
    SettingRow{dotted, SettingKind::name, "", 0, 1, most, "", english, japanese, true},
#define ADDRESS(dotted, english, japanese) SettingRow{dotted, address, "", 0, 0, 64, "", english, japanese, true},
#define PATH(dotted, fallback, english, japanese)                                                                      \
    SettingRow{dotted, path, fallback, 0, 1, longest_path, "", english, japanese},
#define OPTIONAL_PATH(dotted, fallback, english, japanese)                                                             \
    SettingRow{dotted, optional_path, fallback, 0, 0, longest_path, "", english, japanese},
#define ENDPOINT(dotted, fallback, english, japanese)                                                                  \
    SettingRow{dotted, endpoint, fallback, 0, 0, longest_endpoint, "", english, japanese},
#define TEXT(dotted, fallback, most, english, japanese)                                                                \
    SettingRow{dotted, text, fallback, 0, 0, most, "", english, japanese},
#define FLAG(dotted, fallback, english, japanese) SettingRow{dotted, flag, "", fallback, 0, 1, "", english, japanese},
#define NUMBER(dotted, fallback, least, most, unit, english, japanese)                                                 \
    SettingRow{dotted, number, "", fallback, least, most, unit, english, japanese},

constexpr SettingRow written_rows[] = {
#include "gateway/settings/settings.def"
};
constexpr SettingRow columns[] = {
#include "gateway/settings/zone.def"
};

#define LIMIT(name, japanese) std::pair<std::string_view, std::string_view>{#name, japanese},
constexpr std::pair<std::string_view, std::string_view> limit_words[] = {
#include "gateway/settings/limits.def"
};

std::string_view japanese_of(std::string_view limit) {
    const auto found = std::ranges::find(limit_words, limit, &std::pair<std::string_view, std::string_view>::first);
    return found == std::end(limit_words) ? std::string_view() : found->second;
}

struct Rows {
    std::vector<std::string> names; // of the limits
    std::vector<SettingRow> rows;
};

Rows make_rows() {
    Rows made;
    made.rows.assign(std::begin(written_rows), std::end(written_rows));
    made.names.reserve(all_limits().size());
    const Limits fallback;
    for (const LimitRow& limit : all_limits()) {
        made.names.push_back(fmt::format("limits.{}", limit.name));
        made.rows.push_back({made.names.back(), number, "", limit.get(fallback), limit.minimum, limit.maximum,
                             limit.unit, limit.english, japanese_of(limit.name)});
    }
    return made;
}

} // namespace

std::span<const SettingRow> all_settings() {
    static const Rows made = make_rows();
    return made.rows;
}

std::span<const SettingRow> zone_columns() {
    return columns;
}

} // namespace sekisho
