#include <fmt/format.h>

#include "gateway/settings/settings.h"

namespace sekisho {

namespace {

// scdoc reads these as markup.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char character : text) {
        if (character == '_' || character == '*' || character == '\\') out += '\\';
        out += character;
    }
    return out;
}

std::string fallback_of(const SettingRow& row) {
    if (row.required) return "required";
    if (row.kind == SettingKind::flag) return row.fallback != 0 ? "default true" : "default false";
    if (row.kind == SettingKind::number)
        return fmt::format("default {}, {} to {} {}", row.fallback, row.minimum, row.maximum, row.unit);
    return row.fallback_text.empty() ? "default empty" : fmt::format("default \"{}\"", row.fallback_text);
}

std::string entry_of(const SettingRow& row) {
    return fmt::format("*{}* ({})++\n{}++\n{}\n\n", escaped(row.name), escaped(fallback_of(row)), escaped(row.english),
                       escaped(row.japanese));
}

constexpr std::string_view head = R"(sekisho-settings(5) "sekisho" "Sekisho manual"

# NAME

sekisho-settings - settings of the Sekisho gateway

# DESCRIPTION

A TOML file that every process of the gateway reads when it starts. A name that is not listed here, a value of another
kind and a number out of range are errors: the process does not start and says file, line and column.

A number with a unit may also be written as a text with a unit: "512 MiB", "2 GB", "90 s", "15 min", "12 h", "30 d".

What may pass between zones is not a setting; it is policy.

# SETTINGS

)";

constexpr std::string_view zones_head = R"(# ZONES

One _[[zone]]_ table per zone, two at least, in the order of trust: the least trusted zone comes first.

)";

constexpr std::string_view tail = R"(# EXAMPLE

```
[state]
directory = "/var/lib/sekisho"

[ledger]
largest_upload = "500 MiB"

[[zone]]
name = "internet"
title_ja = "インターネット接続系"
title_en = "Internet zone"
address = "192.0.2.10"

[[zone]]
name = "lgwan"
title_ja = "LGWAN接続系"
title_en = "LGWAN zone"
address = "198.51.100.10"
```
)";

} // namespace

std::string settings_manual() {
    std::string out(head);
    for (const SettingRow& row : all_settings()) out += entry_of(row);
    out += zones_head;
    for (const SettingRow& row : zone_columns()) out += entry_of(row);
    return out.append(tail);
}

} // namespace sekisho
