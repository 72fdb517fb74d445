#include "gateway/cli/verbs.h"

#include <array>

#include <fmt/format.h>

#include "gateway/cli/audit.h"
#include "gateway/cli/demo/demo.h"
#include "gateway/cli/exit_code.h"
#include "gateway/cli/up.h"

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
    VerbRow{"up", "", "start every process of the gateway and stay until Ctrl-C", "ゲートウェイの全プロセスを起動する",
            up_options, up},
    VerbRow{"zone status", "", "what runs, beside what the process table says",
            "稼働中のプロセスをプロセス表と照合する", zone_status_options, zone_status},
    VerbRow{"audit verify", "", "read the whole audit log again and check every signature",
            "監査ログ全体と署名を検証する", audit_verify_options, audit_verify},
    VerbRow{"audit search", "", "print the records that fit; exit 10 if none does",
            "条件に合う記録を表示する（なければ終了コード10）", audit_search_options, audit_search},
    VerbRow{"audit export", "", "print the records of a span of time, one JSON object a line",
            "期間の記録を1行1JSONで出力する", audit_search_options, audit_export},
    VerbRow{"audit check-proof", "FILE", "check a receipt's proof offline, with the log's public key alone",
            "証明書の記録が監査ログにあることを公開鍵だけで検証する", audit_proof_options, audit_check_proof},
    VerbRow{"demo", "[FILE...]", "a gateway with three zones on this machine; sends files from Internet to LGWAN",
            "このマシンで三領域のデモを起動し、ファイルを受け渡す", demo_options, demo},
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
