// sekisho policy rollback NUMBER: prepares the way back to a policy that was in force before. It is signed and
// activated like any other: going back is an act of the same people, with a reason, and in the log.
//
// --json: {"policy":"DIR/policy.sekisho","manifest":"...","signed":true,"command":"ssh-keygen ..."}
#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "base/descriptor/descriptor.h"
#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/gateway.h"
#include "gateway/cli/policy/report.h"
#include "gateway/cli/policy/signing.h"
#include "gateway/cli/policy/verbs.h"
#include "gateway/judge/loading.h"

namespace sekisho::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::array options{
    OptionRow{"--author", "NAME", "in whose name", "作成者の名前"},
    OptionRow{"--reason", "TEXT", "why", "理由"},
    OptionRow{"--out", "DIR", "where files and manifest go (default: rollback)", "出力先（既定：rollback）"},
    OptionRow{"--key", "FILE", "sign with this key by ssh-keygen", "この鍵により ssh-keygen で署名する"},
    settings_option,
    json_option,
};

Result<std::uint64_t> number_of(const Arguments& arguments) {
    const auto number = arguments.operands().size() == 1
                            ? sign::whole_number(arguments.operands().front(), 1'000'000'000)
                            : std::nullopt;
    if (!number || *number == 0)
        return usage_error({"say which one: its number in the history", "履歴の番号を一つ指定してください"},
                           {"See: sekisho policy history", "sekisho policy history で確認してください"});
    return *number;
}

Result<> write_files(const std::string& folder, const sign::Bundle& bundle) {
    std::error_code broken;
    fs::create_directories(folder, broken);
    if (broken) return fail("file.create", broken.message(), folder, "Choose another --out");
    if (!fs::is_empty(folder, broken))
        return reject("usage", std::string(either("the folder is not empty", "フォルダーが空ではありません")), folder,
                      std::string(either("Choose another --out", "--out で別のフォルダーを指定してください")));
    for (const sign::NamedText& file : bundle.files)
        TRY(write_file_durably(folder + "/" + file.name, as_view(file.text), 0644));
    return {};
}

Result<sign::Manifest> manifest_of(const Arguments& arguments, const sign::Bundle& bundle, const std::string& newest) {
    sign::Manifest manifest = TRY(judge::describe_policy(TRY(judge::load_policy(bundle.files)), bundle.files));
    const auto author = arguments.value("--author");
    const auto reason = arguments.value("--reason");
    if (!author || !reason)
        return usage_error({"going back needs --author NAME and --reason TEXT",
                            "差し戻しには --author 名前 と --reason 理由 が必要です"},
                           {"Both stand in the log", "どちらも監査ログに残ります"});
    manifest.act = sign::Act::rollback;
    manifest.author = *author;
    manifest.reason = *reason;
    Digest previous{};
    std::ranges::copy(TRY(from_hex(newest)), previous.begin());
    manifest.previous = previous;
    return manifest;
}

} // namespace

const Shape policy_rollback_shape{"NUMBER", options};

int policy_rollback(const Arguments& arguments) {
    return finish([&]() -> Result<int> {
        const std::uint64_t number = TRY(number_of(arguments));
        auto gateway = TRY(GatewayLedger::open(arguments));
        const auto kept = TRY(gateway.kept(number));
        const auto newest = TRY(gateway.status()).newest;
        const std::string folder = arguments.value("--out").value_or("rollback");
        const sign::Manifest manifest = TRY(manifest_of(arguments, kept.bundle, newest.manifest));
        TRY(write_files(folder, kept.bundle));
        const std::string path = folder + "/" + kept.bundle.files.front().name;
        TRY(write_manifest(path, manifest));
        const auto key = arguments.value("--key");
        if (key) TRY(add_signature(path, *key));
        if (arguments.flag("--json")) {
            JsonWriter json;
            json.begin_object().member("policy", path).member("manifest", manifest_path(path));
            json.member("signed", key.has_value()).member("command", signing_command(path));
            fmt::print("{}\n", json.end_object().take());
            return ExitCode::done;
        }
        fmt::print("{}\n", path);
        fmt::print(stderr, "{}\n  sekisho policy sign {} --key KEY\n  sekisho policy activate {}\n",
                   either("Next, by the people who approve, then:", "次に、承認者が署名し、適用します："), path, path);
        return ExitCode::done;
    });
}

} // namespace sekisho::cli
