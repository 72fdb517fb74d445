// sekisho policy plan: what a new policy would change.
//
// --json:
// {"old":...,"new":...,"same":false,"complete":true,"changes":[{"kind":"newly-allowed","where","what",
//  "witness":{...},"before":{...},"after":{...}}]}
#include <array>

#include <fmt/format.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/gateway.h"
#include "gateway/cli/policy/progress.h"
#include "gateway/cli/policy/request_words.h"
#include "gateway/cli/policy/verbs.h"
#include "policy/analysis/plan.h"

namespace sekisho::cli {

namespace {

constexpr std::array options{
    settings_option,
    json_option,
};

std::string_view kind_of(policy::Change::Kind kind) {
    switch (kind) {
    case policy::Change::Kind::newly_allowed:
        return "newly-allowed";
    case policy::Change::Kind::newly_denied:
        return "newly-denied";
    case policy::Change::Kind::obligations:
        return "obligations";
    }
    bug("a change of no kind");
}

void print_json(const Opened& before, const Opened& after, const policy::Plan& plan) {
    JsonWriter json;
    json.begin_object().member("old", before.files.path).member("new", after.files.path).member("same", plan.same());
    json.member("complete", plan.complete && !plan.too_intricate).key("changes").begin_array();
    for (const policy::Change& change : plan.changes) {
        json.begin_object().member("kind", kind_of(change.kind)).member("where", change.where.in(language()));
        json.member("what", change.what.in(language())).key("witness");
        write_sample(json, change.witness);
        json.key("before");
        write_decision(json, change.before);
        json.key("after");
        write_decision(json, change.after);
        json.end_object();
    }
    json.end_array().end_object();
    fmt::print("{}\n", json.take());
}

void print_words(const Opened& before, const Opened& after, const policy::Plan& plan) {
    if (!plan.same()) {
        fmt::print("{}", policy::words(plan, language()));
        return;
    }
    const bool text = before.policy.digest() == after.policy.digest();
    fmt::print(stderr, "{}\n",
               text ? either("the two are the same, byte for byte", "二つは一字一句同じです")
                    : either("written differently, but every transfer is decided the same",
                             "書き方は違いますが、どの移動も同じように判定されます"));
}

Result<int> compare(const Arguments& arguments) {
    const auto& operands = arguments.operands();
    if (operands.empty() || operands.size() > 2)
        return usage_error({"one or two policies are compared", "比べるポリシーを一つか二つ指定してください"},
                           {"Write: sekisho policy plan OLD NEW (or only NEW: "
                            "compared with the one in force)",
                            "例: sekisho policy plan 旧 新 "
                            "（新だけなら、いま有効なものと比べます）"});
    const auto before =
        open_policy(arguments, operands.size() == 2 ? TRY(read_policy(operands[0])) : TRY(policy_in_force(arguments)));
    if (!before) return before.error();
    const auto after = open_policy(arguments, operands.back());
    if (!after) return after.error();
    policy::Plan found;
    {
        const Progress progress(std::string(either("comparing every transfer", "すべての移動を比べています")));
        found = policy::plan(before->policy, after->policy);
    }
    arguments.flag("--json") ? print_json(*before, *after, found) : print_words(*before, *after, found);
    return found.same() ? ExitCode::done : ExitCode::answer_is_no;
}

} // namespace

constinit const Shape policy_plan_shape{"[OLD] NEW", options};

int policy_plan(const Arguments& arguments) {
    return finish([&] { return compare(arguments); });
}

} // namespace sekisho::cli
