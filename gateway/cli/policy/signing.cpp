#include "gateway/cli/policy/signing.h"

#include <filesystem>
#include <thread>

#include <fmt/format.h>

#include "base/descriptor/descriptor.h"
#include "gateway/cli/policy/files.h"
#include "gateway/cli/policy/gateway.h"
#include "gateway/cli/policy/ssh_keygen.h"
#include "gateway/judge/loading.h"
#include "gateway/launch/table.h"

namespace sekisho::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view authors_key = "demo-author";
constexpr std::string_view approvers_key = "demo-approver";

Result<std::string> read_text(const std::string& path, std::uint64_t most) {
    return std::string(as_text(TRY(read_file(path, most))));
}

bool exists(const std::string& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

} // namespace

std::string manifest_path(const std::string& policy) {
    return policy + ".manifest";
}

std::string signatures_path(const std::string& policy) {
    return policy + ".manifest.sig";
}

std::vector<sign::NamedText> named_texts(const policy::Sources& sources) {
    std::vector<sign::NamedText> texts;
    for (const policy::SourceText& source : sources) texts.push_back({source.name, source.text});
    return texts;
}

std::optional<sign::Manifest> present_manifest(const std::string& policy, const sign::Manifest& described) {
    const auto text = read_text(manifest_path(policy), sign::manifest_max);
    if (!text) return std::nullopt;
    auto manifest = sign::Manifest::parse(*text);
    if (!manifest) return std::nullopt;
    const bool same = manifest->files == described.files && manifest->main == described.main &&
                      manifest->title == described.title && manifest->version == described.version &&
                      manifest->valid == described.valid;
    if (!same) return std::nullopt;
    return std::move(*manifest);
}

Result<> write_manifest(const std::string& policy, const sign::Manifest& manifest) {
    TRY(manifest.check());
    std::error_code ignored;
    fs::remove(signatures_path(policy), ignored);
    return write_file_durably(manifest_path(policy), as_view(manifest.text()), 0644);
}

Result<std::string> add_signature(const std::string& policy, const std::string& key) {
    const std::string manifest = TRY(read_text(manifest_path(policy), sign::manifest_max));
    const std::string made = TRY(ssh_sign(key, manifest));
    const auto parsed = TRY(sign::parse_signatures(made));
    if (parsed.size() != 1) return sign::refuse(sign::Problem::signature_format);
    TRY(sign::verify(parsed.front(), as_view(manifest)));
    std::string all;
    if (exists(signatures_path(policy))) all = TRY(read_text(signatures_path(policy), sign::signature_file_max));
    for (const sign::DetachedSignature& signature : TRY(sign::parse_signatures(all)))
        if (signature.key.blob == parsed.front().key.blob)
            return sign::refuse(sign::Problem::signer_twice, signature.key.fingerprint());
    TRY(write_file_durably(signatures_path(policy), as_view(all + made), 0644));
    return parsed.front().key.fingerprint();
}

std::string signing_command(const std::string& policy) {
    return fmt::format("ssh-keygen -Y sign -n {} -f KEY < {} >> {}", sign::policy_namespace, manifest_path(policy),
                       signatures_path(policy));
}

Result<sign::Bundle> bundle_of(const std::string& policy, const policy::Sources& sources,
                               std::span<const std::string> signatures) {
    sign::Bundle bundle;
    bundle.files = named_texts(sources);
    if (!exists(manifest_path(policy))) return sign::refuse(sign::Problem::unsigned_policy, manifest_path(policy));
    bundle.manifest = TRY(read_text(manifest_path(policy), sign::manifest_max));
    if (exists(signatures_path(policy)))
        bundle.signatures = TRY(read_text(signatures_path(policy), sign::signature_file_max));
    for (const std::string& path : signatures)
        bundle.signatures += TRY(read_text(path, sign::signature_file_max)) + '\n';
    return bundle;
}

Result<> sign_for_demonstration(const std::string& folder, const std::string& policy) {
    std::string signers = "# Made for a demonstration: both keys lie beside this file.\n";
    for (const std::string_view who : {authors_key, approvers_key}) {
        const std::string key = fmt::format("{}/{}", folder, who);
        if (!exists(key)) TRY(make_ssh_key(key));
        const std::string line = TRY(read_text(key + ".pub", 4096));
        signers += fmt::format("signer {} {} always {}", who, who == authors_key ? "author" : "approver", line);
    }
    if (!exists(folder + "/signers"))
        TRY(write_file_durably(folder + "/signers", as_view("sekisho-policy-trust 1\n" + signers), 0644));
    if (exists(signatures_path(policy))) return {};
    const PolicyFiles files = TRY(read_policy(policy));
    const auto texts = named_texts(files.sources);
    sign::Manifest manifest = TRY(judge::describe_policy(TRY(judge::load_policy(texts)), texts));
    manifest.author = authors_key;
    TRY(write_manifest(policy, manifest));
    TRY(add_signature(policy, fmt::format("{}/{}", folder, authors_key)));
    TRY(add_signature(policy, fmt::format("{}/{}", folder, approvers_key)));
    return {};
}

Result<> activate_for_demonstration(const std::string& settings, const std::string& policy) {
    constexpr int tries = 300;
    constexpr std::chrono::milliseconds pause{100};
    const PolicyFiles files = TRY(read_policy(policy));
    const sign::Bundle bundle = TRY(bundle_of(policy, files.sources, {}));
    const std::string socket = socket_path("ledger", TRY(Settings::load(settings)));
    for (int i = 0;; ++i) {
        const auto activated = GatewayLedger{Client(socket)}.activate(bundle);
        if (activated) return {};
        if (activated.error().kind == ErrorKind::reject || i == tries) return std::unexpected(activated.error());
        std::this_thread::sleep_for(pause);
    }
}

} // namespace sekisho::cli
