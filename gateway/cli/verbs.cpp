#include "gateway/cli/verbs.h"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

#include "gateway/cli/audit.h"
#include "gateway/cli/demo/demo.h"
#include "gateway/cli/exit_code.h"
#include "gateway/cli/next_step.h"
#include "gateway/cli/policy/verbs.h"
#include "gateway/cli/up.h"
#include "policy/sign/problem.h"

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
    OptionRow{"--password-file", "FILE", "passwords to try on encrypted files, one a line, at most ten",
              "暗号化されたファイルに試すパスワード（1行に1つ、10個まで）"},
    OptionRow{"--attachments", "drop|keep", "files inside a PDF: dropped (default), or kept, each sanitised",
              "PDFの添付ファイル：除去（既定）または無害化して保持"},
    OptionRow{"--forms", "draw|keep", "form fields of a PDF: drawn (default), or kept without actions",
              "PDFのフォーム：描画（既定）または動作を除いて保持"},
    OptionRow{"--place", "remove|keep", "where a JPEG photograph was taken: removed (default), or kept",
              "JPEG写真の撮影場所：除去（既定）または保持"},
    OptionRow{"--json", "", "one JSON object per input on standard output", "入力ごとに1行のJSONを標準出力に書く"},
};

constexpr std::array formats_options{
    OptionRow{"--json", "", "as JSON", "JSONで出力"},
    OptionRow{"--manual", "", "as the source of the manual page sekisho-formats(7)",
              "マニュアル sekisho-formats(7) の原稿として出力"},
};

constexpr std::array verbs{
    VerbRow{"sanitize", "INPUT...", "sanitise files with the gateway's confined workers, without any daemon",
            "デーモンなしで、隔離したワーカーによりファイルを無害化する", sanitize_options, sanitize},
    VerbRow{"formats", "", "list the kinds of file: what is accepted, at which levels, with which finding codes",
            "受け付ける種類・方式・検出コードの一覧", formats_options, formats},
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
    VerbRow{"receipt verify", "FILE [OUTPUT]",
            "check a receipt's signature offline, and that OUTPUT is the file it is for; exit 10 if not",
            "無害化証明の署名と対象ファイルをオフラインで検証する（不一致は終了コード10）", receipt_verify_options,
            receipt_verify},
    VerbRow{"demo", "[FILE...]", "a gateway with three zones on this machine; sends files from Internet to LGWAN",
            "このマシンで三領域のデモを起動し、ファイルを受け渡す", demo_options, demo},
};

// Help that is Japanese already needs no other beside it.
bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
}

} // namespace

std::span<const VerbRow> all_verbs() {
    static const std::vector<VerbRow> all = [] {
        std::vector<VerbRow> rows(verbs.begin(), verbs.end());
        std::ranges::copy(policy_verbs(), std::back_inserter(rows));
        return rows;
    }();
    return all;
}

int complain(const Error& given) {
    const Error error = speaks_japanese() ? sign::in_japanese(given) : given;
    const std::string code = sign::row_of_code(error.code) ? error.code + ": " : "";
    const std::string where = error.where.empty() ? "" : fmt::format(" ({})", error.where);
    fmt::print(stderr, "sekisho: {}{}{}\n", code, error.message, where);
    const NextStep& next = next_step(error.code);
    if (speaks_japanese() && error.help == given.help && is_ascii(error.help))
        fmt::print(stderr, "  {}\n", next.japanese);
    if (!error.help.empty() || !speaks_japanese())
        fmt::print(stderr, "  {}\n", error.help.empty() ? next.english : error.help);
    if (error.code == "usage") return ExitCode::usage;
    if (error.code == "P0948" || error.code == "P0949") return ExitCode::invalid;
    if (error.code.starts_with("P09")) return ExitCode::not_permitted; // policy/sign/problems.def
    if (error.code == "peer.unreachable" || error.code == "ipc.closed") return ExitCode::unreachable;
    if (error.code == "limits.invalid" || error.code.starts_with("settings.") || error.code.starts_with("policy."))
        return ExitCode::invalid;
    if (error.code == "not-permitted" || error.code == "audit.checkpoint") return ExitCode::not_permitted;
    return ExitCode::failed;
}

} // namespace sekisho::cli
