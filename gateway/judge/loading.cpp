#include "gateway/judge/loading.h"

#include "policy/analysis/load.h"
#include "policy/engine/compiled.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/core/options.h"

namespace sekisho::judge {

namespace {

constexpr std::size_t words_max = 400; // bytes of a first problem's words

std::optional<sign::Days> validity_of(const policy::Policy& policy) {
    const auto& valid = policy.compiled().valid;
    if (!valid) return std::nullopt;
    const auto day = [](std::uint64_t number) {
        return std::chrono::sys_days(std::chrono::days(static_cast<std::int64_t>(number)));
    };
    return sign::Days{day(valid->from), day(valid->until)};
}

Error problem_of(const policy::Refused& refused) {
    constexpr auto english = policy::Language::english;
    if (!refused.problems.empty()) {
        const auto& first = refused.problems.front();
        return sign::refuse(sign::Problem::policy_broken, policy::message_of(first, english).substr(0, words_max))
            .error();
    }
    const std::string words = refused.unproved.empty() ? "" : policy::message_of(refused.unproved.front(), english);
    return sign::refuse(sign::Problem::not_proved, words.substr(0, words_max)).error();
}

} // namespace

policy::Vocabulary vocabulary() {
    policy::Vocabulary known;
    for (const TypeRow& row : all_types())
        if (row.type != Type::unknown) known.types.push_back({row.name, name_of(row.family)});
    for (const FindingRow& row : all_findings())
        if (row.finding != Finding::none) known.findings.push_back(row.code);
    for (const OptionChoice& choice : all_choices()) known.choices.push_back({choice.name, choice.strict, choice.kept});
    return known;
}

Result<policy::Policy> load_policy(const std::vector<sign::NamedText>& files) {
    policy::Sources sources;
    for (const sign::NamedText& file : files) sources.push_back({file.name, file.text});
    auto loaded = policy::load_proved(sources, vocabulary());
    if (!loaded) return std::unexpected(problem_of(loaded.error()));
    // An empty file is no policy, and whoever finds one has something to repair.
    if (loaded->zones().empty()) return sign::refuse(sign::Problem::policy_broken, "it is empty");
    return std::move(*loaded);
}

Result<SignedPolicy> load_signed(const sign::Bundle& bundle, const sign::Trust& trust, std::chrono::sys_days day) {
    if (bundle.manifest.empty()) return sign::refuse(sign::Problem::unsigned_policy);
    sign::Manifest manifest = TRY(sign::Manifest::parse(bundle.manifest));
    sign::Seal seal = TRY(sign::check_seal(bundle.manifest, bundle.signatures, trust, day));
    TRY(sign::check_files(manifest, bundle.files));
    if (bundle.files.front().name != manifest.main) return sign::refuse(sign::Problem::files_differ, manifest.main);
    policy::Policy policy = TRY(load_policy(bundle.files));
    const sign::Manifest said = TRY(describe_policy(policy, bundle.files));
    if (said.title != manifest.title || said.version != manifest.version || said.valid != manifest.valid)
        return sign::refuse(sign::Problem::words_differ);
    const Digest digest = sha256(as_view(bundle.manifest));
    return SignedPolicy{std::move(policy), std::move(manifest), digest, std::move(seal)};
}

Result<sign::Manifest> describe_policy(const policy::Policy& policy, const std::vector<sign::NamedText>& files) {
    sign::Manifest manifest;
    manifest.title = policy.name();
    manifest.version = policy.version();
    manifest.valid = validity_of(policy);
    manifest.files = TRY(sign::describe(files));
    manifest.main = files.empty() ? "" : files.front().name;
    if (!sign::is_line(manifest.title, sign::text_max)) return sign::refuse(sign::Problem::name_bad, "title");
    return manifest;
}

} // namespace sekisho::judge
