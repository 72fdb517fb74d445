#include "gateway/settings/settings.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/descriptor/descriptor.h"

namespace sekisho {

namespace {

constexpr std::size_t fewest_zones = 2;
constexpr std::size_t most_zones = 8;

std::string or_else(const std::string& value, std::string fallback) {
    return value.empty() ? std::move(fallback) : value;
}

SettingSchema schema() {
    return {all_settings(), "zone", zone_columns(), fewest_zones, most_zones};
}

} // namespace

Result<Settings> Settings::load(const std::string& path) {
    const Bytes content = TRY(read_file(path, 1 << 20));
    return parse(as_text(content), path);
}

Result<Settings> Settings::parse(std::string_view content, const std::string& file) {
    LoadedSettings loaded = TRY(parse_settings(content, file, schema()));
    Settings settings;
    settings.m_path = file;
    settings.m_values = std::move(loaded.values);
    TRY(settings.take_zones(loaded.entries));
    return settings;
}

Result<> Settings::take_zones(const std::vector<SettingValues>& entries) {
    std::set<std::string> names, places;
    for (const SettingValues& entry : entries) {
        Zone zone;
        zone.name = entry.text("name");
        zone.title_ja = or_else(entry.text("title_ja"), zone.name);
        zone.title_en = or_else(entry.text("title_en"), zone.name);
        zone.address = entry.text("address");
        zone.port = static_cast<std::uint16_t>(entry.number("port"));
        const std::string made = fmt::format("{}/tls/{}", text("state.directory"), zone.name);
        if (entry.text("certificate").empty() != entry.text("key").empty())
            return reject("settings.value", fmt::format("zone \"{}\": certificate and key belong together", zone.name),
                          m_path);
        zone.certificate = or_else(entry.text("certificate"), made + ".crt");
        zone.key = or_else(entry.text("key"), made + ".key");
        zone.index = m_zones.size();
        if (!names.insert(zone.name).second || !places.insert(fmt::format("{} {}", zone.address, zone.port)).second)
            return reject("settings.value", fmt::format("zone \"{}\" has its name or address twice", zone.name),
                          m_path);
        m_zones.push_back(std::move(zone));
    }
    return {};
}

const Zone* Settings::zone(std::string_view name) const {
    const auto found = std::ranges::find(m_zones, name, &Zone::name);
    return found == m_zones.end() ? nullptr : &*found;
}

Limits Settings::limits() const {
    Limits limits;
    for (const LimitRow& row : all_limits()) row.set(limits, number(fmt::format("limits.{}", row.name)));
    return limits;
}

} // namespace sekisho
