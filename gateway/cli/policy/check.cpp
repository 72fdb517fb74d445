// sekisho policy check: every problem of a policy at once.
//
// --json: one object per policy and line:
// {"file":"policy.sekisho","valid":true,"name":...,"version":1,"digest":...,
//  "files":1,"rules":9,"tests":30,"problems":[...]}; see report.h for a
//  problem. A policy that cannot be read at all has
// no name, version and digest.
#include <array>

#include <fmt/format.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/progress.h"
#include "gateway/cli/policy/report.h"
#include "gateway/cli/policy/verbs.h"
#include "gateway/judge/loading.h"
#include "policy/analysis/load.h"
#include "policy/engine/compiled.h"

namespace sekisho::cli {

namespace {

constexpr std::array options{
    OptionRow{"--json", "", "one JSON object per policy", "ポリシーごとに1行のJSONで出力"},
};

struct Found {
    std::optional<policy::Policy> policy; // as far as it can be loaded
    std::vector<policy::Diagnostic> problems;
    std::vector<policy::Remark> unproved;
    bool valid() const { return problems.empty() && unproved.empty(); }
    std::size_t count() const { return problems.size() + unproved.size(); }
};

Found look(const PolicyFiles& files) {
    const Progress progress(fmt::format(fmt::runtime(either("checking {}", "{} を検査しています")), files.path));
    Found found;
    auto loaded = policy::Policy::load(files.sources, judge::vocabulary());
    if (!loaded) {
        found.problems = std::move(loaded.error());
        return found;
    }
    found.unproved = policy::unproved(*loaded);
    found.policy = std::move(*loaded);
    return found;
}

void print_json(const PolicyFiles& files, const Found& found) {
    JsonWriter json;
    json.begin_object().member("file", files.path).member("valid", found.valid());
    if (found.policy) {
        const policy::Compiled& compiled = found.policy->compiled();
        json.member("name", found.policy->name()).member("version", found.policy->version());
        json.member("digest", to_hex(found.policy->digest())).member("files", files.sources.size());
        json.member("rules", compiled.rules.size()).member("tests", compiled.tests.size());
    }
    json.key("problems").begin_array();
    for (const policy::Diagnostic& problem : found.problems) write_problem(json, problem, files.shown);
    for (const policy::Remark& remark : found.unproved) write_problem(json, remark, files.shown);
    json.end_array().end_object();
    fmt::print("{}\n", json.take());
}

void print_words(const PolicyFiles& files, const Found& found) {
    if (!found.valid()) {
        fmt::print("{}{}", policy::render(found.problems, files.shown, language()),
                   policy::render(found.unproved, files.shown, language()));
        fmt::print(stderr, fmt::runtime(either("{}: {} problems\n", "{}: 問題が{}件あります\n")), files.path,
                   found.count());
        return;
    }
    const policy::Compiled& compiled = found.policy->compiled();
    fmt::print(stderr,
               fmt::runtime(either("{}: no problems ({} version {}; {} rules, {} tests, {} proved)\n",
                                   "{}: 問題はありません（{} 第{}版、規則{}、試験{}、証明{}）\n")),
               files.path, compiled.name, compiled.version, compiled.rules.size(), compiled.tests.size(),
               compiled.nevers.size() + compiled.musts.size());
}

Result<int> check(const Arguments& arguments) {
    if (arguments.operands().empty())
        return usage_error({"no policy is named", "ポリシーが指定されていません"},
                           {"Write: sekisho policy check FILE", "例: sekisho policy check policy.sekisho"});
    bool valid = true;
    for (const std::string& path : arguments.operands()) {
        const PolicyFiles files = TRY(read_policy(path));
        const Found found = look(files);
        arguments.flag("--json") ? print_json(files, found) : print_words(files, found);
        valid = valid && found.valid();
    }
    return valid ? ExitCode::done : ExitCode::invalid;
}

} // namespace

constinit const Shape policy_check_shape{"FILE...", options};

int policy_check(const Arguments& arguments) {
    return finish([&] { return check(arguments); });
}

} // namespace sekisho::cli
