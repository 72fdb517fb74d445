#include "gateway/cli/verbs.h"

#include <array>

#include <fmt/format.h>

#include "gateway/cli/exit_code.h"

namespace sekisho::cli {

namespace {

constexpr std::array sanitize_options{
    OptionRow{"--out", "DIR", "where delivered files and receipts go (made if missing)",
              "無害化したファイルと証明の出力先（なければ作成）"},
    OptionRow{"--level", "LEVEL", "rebuild (default), flatten or text", "方式：rebuild（既定）、flatten、text"},
    OptionRow{"--signatures", "DIR", "also scan for viruses with the signatures in DIR",
              "DIR の定義ファイルでウイルス検査も行う"},
    OptionRow{"--jobs", "N", "files at a time (default: processors)", "同時に処理するファイル数（既定：CPU数）"},
    OptionRow{"--limits", "FILE", "a TOML file of limits", "上限値を書いたTOMLファイル"},
    OptionRow{"--json", "", "one JSON object per input on standard output", "入力ごとに1行のJSONを標準出力に書く"},
};

constexpr std::array json_only{OptionRow{"--json", "", "as JSON", "JSONで出力"}};

constexpr std::array verbs{
    VerbRow{"sanitize", "INPUT...", "sanitise files with the gateway's confined workers, without any daemon",
            "デーモンなしで、隔離したワーカーによりファイルを無害化する", sanitize_options, sanitize},
    VerbRow{"formats", "", "list the kinds of file: what is accepted, at which levels, with which finding codes",
            "受け付ける種類・方式・検出コードの一覧", json_only, formats},
};

} // namespace

std::span<const VerbRow> all_verbs() {
    return verbs;
}

int complain(const Error& error) {
    fmt::print(stderr, "sekisho: {}{}\n", error.message, error.where.empty() ? "" : fmt::format(" ({})", error.where));
    if (!error.help.empty()) fmt::print(stderr, "  {}\n", error.help);
    if (error.code == "usage") return ExitCode::usage;
    if (error.code == "peer.unreachable" || error.code == "ipc.closed") return ExitCode::unreachable;
    if (error.code == "limits.invalid" || error.code.starts_with("settings.") || error.code.starts_with("policy."))
        return ExitCode::invalid;
    if (error.code == "not-permitted" || error.code == "audit.checkpoint") return ExitCode::not_permitted;
    return ExitCode::failed;
}

} // namespace sekisho::cli
