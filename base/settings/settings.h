// Settings of a daemon: TOML, checked against a table.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error/error.h"

namespace sekisho {

enum class SettingKind : std::uint8_t {
    flag,
    number,
    text,
    name,          // [a-z][a-z0-9-]*
    path,          // absolute, without ".."
    optional_path, // ... or empty
    endpoint,      // host:port, [address]:port, or empty
    address        // an IPv4 or IPv6 address
};

struct SettingRow {
    std::string_view name; // dotted
    SettingKind kind = SettingKind::text;
    std::string_view fallback_text;
    std::uint64_t fallback = 0; // number; flag: 0 or 1
    std::uint64_t minimum = 0;
    std::uint64_t maximum = 0; // number: value; text: bytes
    std::string_view unit;     // "bytes", "seconds", "minutes", "hours", "days", "count", ...
    std::string_view english;
    std::string_view japanese;
    bool required = false; // there is no default
};

struct SettingSchema {
    std::span<const SettingRow> rows;
    std::string_view list; // name of the one array of tables: "zone"
    std::span<const SettingRow> columns;
    std::size_t fewest = 0; // entries of the list
    std::size_t most = 0;
};

// Values by name; every row of the schema has one. Asking for a name that has no row is a bug.
class SettingValues {
public:
    const std::string& text(std::string_view name) const;
    std::uint64_t number(std::string_view name) const;
    bool flag(std::string_view name) const { return number(name) != 0; }

    void set(std::string_view name, std::string value) {
        m_texts.insert_or_assign(std::string(name), std::move(value));
    }
    void set(std::string_view name, std::uint64_t value) { m_numbers.insert_or_assign(std::string(name), value); }

private:
    std::map<std::string, std::string, std::less<>> m_texts;
    std::map<std::string, std::uint64_t, std::less<>> m_numbers;
};

struct LoadedSettings {
    SettingValues values;
    std::vector<SettingValues> entries; // of the list, in order
};

// reject "settings.*" with file:line:column. `file` is for messages.
Result<LoadedSettings> parse_settings(std::string_view content, const std::string& file, const SettingSchema& schema);
Result<LoadedSettings> load_settings(const std::string& path, const SettingSchema& schema);

// "50 MiB" or "2 h" in the row's unit; also a plain number. reject "settings.unit".
Result<std::uint64_t> number_in_unit(std::string_view text, std::string_view unit);

} // namespace sekisho
