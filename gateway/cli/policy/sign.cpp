// sekisho policy sign FILE: makes the manifest of a policy, or adds another person's signature to it.
//
// --json: {"manifest":"policy.sekisho.manifest","digest":"...","made":true,"signed":true,"key":"SHA256:...",
//  "command":"ssh-keygen ..."}
#include <array>

#include <fmt/format.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/gateway.h"
#include "gateway/cli/policy/report.h"
#include "gateway/cli/policy/signing.h"
#include "gateway/cli/policy/verbs.h"
#include "gateway/judge/loading.h"
#include "policy/analysis/load.h"

namespace sekisho::cli {

namespace {

constexpr std::array options{
    OptionRow{"--author", "NAME", "make a new manifest in this person's name",
              "この人を作成者としてマニフェストを作る"},
    OptionRow{"--reason", "TEXT", "why (needed for an emergency)", "理由（緊急適用では必須）"},
    OptionRow{"--key", "FILE", "sign with this key by ssh-keygen", "この鍵により ssh-keygen で署名する"},
    OptionRow{"--follow", "DIGEST", "the manifest in force, or none (default: ask the gateway)",
              "適用中のマニフェスト。なければ none（既定：ゲートウェイに問い合わせる）"},
    settings_option,
    json_option,
};

struct Outcome {
    sign::Manifest manifest;
    bool made = false;
    std::string key; // that signed; empty: none did
};

Result<std::optional<Digest>> digest_of(const std::string& text) {
    if (text == "none") return std::nullopt;
    const auto octets = from_hex(text);
    Digest digest{};
    if (!octets || octets->size() != digest.size())
        return usage_error({"--follow wants 64 hexadecimal digits, or none", "--follow は16進数64桁または none です"},
                           {"See: sekisho policy history", "sekisho policy history で確認してください"});
    std::ranges::copy(*octets, digest.begin());
    return digest;
}

Result<std::optional<Digest>> followed(const Arguments& arguments) {
    if (const auto given = arguments.value("--follow")) return digest_of(*given);
    auto status = TRY(GatewayLedger::open(arguments)).status();
    if (!status) {
        status.error().help = either("Or say what it follows: --follow DIGEST, or --follow none for the first one",
                                     "または --follow ダイジェスト（初回は --follow none）を指定してください");
        return std::unexpected(status.error());
    }
    return digest_of(status->newest.number == 0 ? "none" : status->newest.manifest);
}

Result<sign::Manifest> make_manifest(const Arguments& arguments, const std::string& path, sign::Manifest described) {
    const auto author = arguments.value("--author");
    if (!author)
        return usage_error({"there is no manifest of these files yet: --author NAME is needed",
                            "このファイルのマニフェストがまだありません。--author 名前 が必要です"},
                           {"The author signs, and other people approve by signing the same manifest",
                            "作成者が署名し、別の人が同じマニフェストに署名して承認します"});
    described.author = *author;
    described.reason = arguments.value("--reason").value_or("");
    described.previous = TRY(followed(arguments));
    TRY(write_manifest(path, described));
    return described;
}

Result<Outcome> sign_policy(const Arguments& arguments, const std::string& path, const Opened& opened) {
    const sign::Manifest described = TRY(judge::describe_policy(opened.policy, named_texts(opened.files.sources)));
    Outcome outcome;
    auto present = present_manifest(path, described);
    outcome.made = !present || arguments.flag("--author");
    outcome.manifest = outcome.made ? TRY(make_manifest(arguments, path, described)) : std::move(*present);
    if (const auto key = arguments.value("--key")) outcome.key = TRY(add_signature(path, *key));
    return outcome;
}

void print_text(const std::string& path, const Outcome& outcome) {
    const sign::Manifest& manifest = outcome.manifest;
    fmt::print(stderr, "{}", manifest.text());
    if (outcome.key.empty())
        fmt::print(stderr, "{}\n  {}\n",
                   either("To sign it, where the key is:", "鍵のある場所で次を実行すると署名できます："),
                   signing_command(path));
    else
        fmt::print(stderr, "{} {}\n", either("signed with", "署名した鍵："), outcome.key);
    fmt::print("{}\n", manifest_path(path));
}

void print_json(const std::string& path, const Outcome& outcome) {
    JsonWriter json;
    json.begin_object().member("manifest", manifest_path(path));
    json.member("digest", to_hex(sha256(as_view(outcome.manifest.text())))).member("made", outcome.made);
    json.member("signed", !outcome.key.empty()).member("key", outcome.key).member("command", signing_command(path));
    fmt::print("{}\n", json.end_object().take());
}

} // namespace

const Shape policy_sign_shape{"[FILE]", options};

int policy_sign(const Arguments& arguments) {
    return finish([&]() -> Result<int> {
        const std::string path = TRY(policy_path(arguments));
        const auto opened = open_policy(arguments, path);
        if (!opened) return opened.error();
        // Nobody is asked to sign what would not be loaded.
        if (const auto broken = policy::unproved(opened->policy); !broken.empty()) {
            fmt::print(stderr, "{}", policy::render(broken, opened->files.shown, language()));
            return sign::refuse(sign::Problem::not_proved);
        }
        const Outcome outcome = TRY(sign_policy(arguments, path, *opened));
        arguments.flag("--json") ? print_json(path, outcome) : print_text(path, outcome);
        return ExitCode::done;
    });
}

} // namespace sekisho::cli
