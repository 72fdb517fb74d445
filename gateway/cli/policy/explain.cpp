// sekisho policy explain: why a transfer is decided as it is.
//
// --json:
// {"request":{...},"decision":{"outcome","ground","rules","reason","level","approvals",...},"rules":[{"id",
//  "title","reason","ref","file","line","text":[...]}],"obligations":[{"obligation","rules"}],"near_misses":[{"rule",
//  "allows","changes":[...],"words"}]}
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/gateway.h"
#include "gateway/cli/policy/progress.h"
#include "gateway/cli/policy/request_words.h"
#include "gateway/cli/policy/verbs.h"
#include "policy/analysis/explain.h"

namespace sekisho::cli {

namespace {

constexpr std::array options{
    OptionRow{"--transfer", "ID", "what the gateway was asked about this transfer, at its last decision",
              "この送信について、ゲートウェイが最後に判定したときの内容で"},
    settings_option,
    json_option,
};

void write_rule(JsonWriter& json, const policy::RuleLine& rule) {
    json.begin_object().member("id", rule.id).member("title", rule.title).member("reason", rule.reason);
    json.member("ref", rule.reference).member("file", rule.file).member("line", rule.line).key("text").begin_array();
    for (const std::string& line : rule.text) json.text(line);
    json.end_array().end_object();
}

void print_json(const policy::Sample& sample, const policy::Explanation& explanation) {
    JsonWriter json;
    json.begin_object().key("request");
    write_sample(json, sample);
    json.key("decision");
    write_decision(json, explanation.decision);
    json.key("rules").begin_array();
    for (const policy::RuleLine& rule : explanation.rules) write_rule(json, rule);
    json.end_array().key("obligations").begin_array();
    for (const policy::RequiredBy& required : explanation.obligations) {
        json.begin_object().member("obligation", required.obligation.in(language())).key("rules").begin_array();
        for (const std::string& rule : required.rules) json.text(rule);
        json.end_array().end_object();
    }
    json.end_array().key("near_misses").begin_array();
    for (const policy::NearMiss& miss : explanation.near_misses) {
        json.begin_object().member("rule", miss.rule).member("allows", miss.allows).key("changes").begin_array();
        for (const policy::Words& change : miss.changes) json.text(change.in(language()));
        json.end_array().member("words", miss.words.in(language())).end_object();
    }
    json.end_array().end_object();
    fmt::print("{}\n", json.take());
}

// The policy is the operand before the first word that is key=value; without
// one, what is in force.
Result<PolicyFiles> policy_before(const Arguments& arguments, std::size_t& taken) {
    const auto& operands = arguments.operands();
    taken = !operands.empty() && operands.front().find('=') == std::string::npos ? 1 : 0;
    return taken == 1 ? read_policy(operands.front()) : policy_in_force(arguments);
}

Result<policy::Sample> recorded(const Arguments& arguments, const std::string& transfer) {
    const Progress progress(std::string(either("looking for the transfer", "送信を探しています")));
    auto gateway = TRY(GatewayLedger::open(arguments));
    std::optional<policy::Sample> found;
    TRY(gateway.decisions(0, false, [&](const judge::Record& record) -> Result<> {
        if (record.transfer.starts_with(transfer)) found = record.question;
        return {};
    }));
    if (!found)
        return usage_error({fmt::format("nothing was decided about the transfer {}", transfer),
                            fmt::format("送信 {} についての判定の記録はありません", transfer)},
                           {"Its id stands in the history page and in `sekisho audit search`",
                            "番号は、履歴の画面か sekisho audit search で確かめられます"});
    return *found;
}

int show(const Arguments& arguments, const policy::Policy& policy, const policy::Sample& sample) {
    const policy::Asked asked(sample);
    const policy::Explanation explanation = policy::explain(policy, asked.request());
    if (arguments.flag("--json")) {
        print_json(sample, explanation);
    } else {
        fmt::print(stderr, fmt::runtime(either("asked: {}\n", "問い: {}\n")), line_of(sample));
        fmt::print("{}", policy::words(explanation, language()));
    }
    return explanation.decision.outcome == policy::Outcome::allow ? ExitCode::done : ExitCode::answer_is_no;
}

Result<int> explain(const Arguments& arguments) {
    std::size_t taken = 0;
    PolicyFiles files = TRY(policy_before(arguments, taken));
    if (const auto transfer = arguments.value("--transfer")) {
        const auto opened = open_policy(arguments, std::move(files));
        if (!opened) return opened.error();
        return show(arguments, opened->policy, TRY(recorded(arguments, *transfer)));
    }
    const std::span words = std::span(arguments.operands()).subspan(taken);
    const auto asking = read_request(arguments, std::move(files), words);
    if (!asking) return asking.error();
    return show(arguments, asking->opened.policy, asking->sample);
}

} // namespace

constinit const Shape policy_explain_shape{"[FILE] from=ZONE to=ZONE [KEY=VALUE...]", options};

int policy_explain(const Arguments& arguments) {
    return finish([&] { return explain(arguments); });
}

} // namespace sekisho::cli
