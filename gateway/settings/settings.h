// The gateway's settings: one file, one table of rows, every process reads the same.
#pragma once

#include "base/settings/settings.h"
#include "sanitizer/core/limits.h"

namespace sekisho {

struct Zone {
    std::string name;
    std::string title_ja;
    std::string title_en;
    std::string address;
    std::uint16_t port = 0;
    std::string certificate; // never empty: {state}/tls/NAME.crt unless set
    std::string key;
    std::size_t index = 0; // 0 is the least trusted
};

class Settings {
public:
    static Result<Settings> load(const std::string& path);
    static Result<Settings> parse(std::string_view content, const std::string& file);

    const std::string& text(std::string_view name) const { return m_values.text(name); }
    std::uint64_t number(std::string_view name) const { return m_values.number(name); }
    bool flag(std::string_view name) const { return m_values.flag(name); }
    // In the order of trust, the least trusted first.
    const std::vector<Zone>& zones() const { return m_zones; }
    const Zone* zone(std::string_view name) const;
    Limits limits() const;
    const std::string& path() const { return m_path; }

private:
    Result<> take_zones(const std::vector<SettingValues>& entries);

    std::string m_path;
    SettingValues m_values;
    std::vector<Zone> m_zones;
};

// All rows, those of the limits included; and the columns of [[zone]].
std::span<const SettingRow> all_settings();
std::span<const SettingRow> zone_columns();
// sekisho-settings(5) in scdoc's language, made from the rows.
std::string settings_manual();

} // namespace sekisho
