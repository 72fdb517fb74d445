#pragma once

#include <array>

#include "gateway/cli/arguments.h"

namespace sekisho::cli {

inline constexpr std::string_view usual_settings = "/etc/sekisho/sekisho.toml";

inline constexpr std::array up_options{
    OptionRow{"--settings", "FILE", "settings (default: /etc/sekisho/sekisho.toml)",
              "設定ファイル（既定：/etc/sekisho/sekisho.toml）"},
    OptionRow{"--isolate", "", "put each zone into a network namespace of its own",
              "領域ごとに独立したネットワーク名前空間を使う"},
};
inline constexpr std::array zone_status_options{
    OptionRow{"--settings", "FILE", "settings (default: /etc/sekisho/sekisho.toml)",
              "設定ファイル（既定：/etc/sekisho/sekisho.toml）"},
    OptionRow{"--json", "", "as JSON", "JSONで出力"},
};

// Starts every process of the gateway and stays until Ctrl-C or SIGTERM. Needs root.
int up(const Arguments& arguments);
// What runs, compared with the process table. Exit code 10 if anything differs. Needs root.
int zone_status(const Arguments& arguments);

// The same for words that are not parsed yet.
int up(std::span<const std::string> words);
int zone_status(std::span<const std::string> words);

} // namespace sekisho::cli
