// sekisho policy replay [NEW]: puts the recorded questions to another policy, by the very code that the gateway decides
// with. Without NEW, to the one in force: then what it decided itself has to come out the same to the last bit.
//
// --json: {"policy":"DIGEST","since":...,"asked":...,"same":...,"own":...,"own_same":...,"opened":...,"closed":...,
//  "obligations":...,"by_rule":{...},"by_department":{...},"flips":[{"transfer":"...","time":...,"phase":"examined",
//  "flip":"closed","before":["R-010"],"after":["F-001"],"from":"...","to":"...","name":"..."},...]}
// "own": decisions of this very policy. Exit code 10 if anything flips, or if an own decision is not the same.
#include <array>
#include <ctime>

#include <fmt/format.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/calendar.h"
#include "gateway/cli/policy/gateway.h"
#include "gateway/cli/policy/policy_words.h"
#include "gateway/cli/policy/progress.h"
#include "gateway/cli/policy/report.h"
#include "gateway/cli/policy/signing.h"
#include "gateway/cli/policy/verbs.h"
#include "gateway/judge/loading.h"

namespace sekisho::cli {

namespace {

constexpr std::array options{
    OptionRow{"--since", "DATE", "decisions from this day on (default: 90 days ago)",
              "この日以降の判定（既定：90日前から）"},
    settings_option,
    json_option,
};

constexpr std::size_t flips_shown = 20;
constexpr std::size_t flips_kept = 10'000;

struct Flipped {
    judge::Record record;
    judge::Difference difference;
};

struct Replayed {
    judge::Summary summary;
    std::uint64_t own = 0;
    std::uint64_t own_same = 0;
    std::vector<Flipped> flips;
};

// The first millisecond of a local day.
std::int64_t start_of(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    std::tm local{};
    local.tm_year = static_cast<int>(date.year()) - 1900;
    local.tm_mon = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
    local.tm_mday = static_cast<int>(static_cast<unsigned>(date.day()));
    local.tm_isdst = -1;
    return std::int64_t{std::mktime(&local)} * 1000;
}

Result<std::int64_t> since_of(const Arguments& arguments) {
    constexpr std::chrono::days usual{90};
    const auto given = arguments.value("--since");
    return start_of(given ? TRY(day_of(*given)) : now().day - usual);
}

Result<Replayed> replay(GatewayLedger& gateway, const policy::Policy& policy, std::int64_t since) {
    const Progress progress(std::string(either("asking again", "再判定しています")));
    const std::string digest = to_hex(policy.digest());
    Replayed replayed;
    TRY(gateway.decisions(since, false, [&](const judge::Record& record) -> Result<> {
        judge::Difference difference = TRY(judge::compare(policy, record));
        replayed.summary.add(record, difference);
        if (record.policy == digest) {
            ++replayed.own;
            if (difference.same) ++replayed.own_same;
        }
        if (difference.flip != judge::Flip::none && replayed.flips.size() < flips_kept)
            replayed.flips.push_back({record, std::move(difference)});
        return {};
    }));
    return replayed;
}

void write_names(JsonWriter& json, std::string_view key, const std::vector<std::string>& names) {
    json.key(key).begin_array();
    for (const std::string& name : names) json.text(name);
    json.end_array();
}

void print_json(const Replayed& replayed, const std::string& digest, std::int64_t since) {
    JsonWriter json;
    json.begin_object().member("policy", digest).member("since", since);
    json.member("own", replayed.own).member("own_same", replayed.own_same);
    write_summary(json, replayed.summary);
    json.key("flips").begin_array();
    for (const Flipped& flipped : replayed.flips) {
        const judge::Record& record = flipped.record;
        json.begin_object().member("transfer", record.transfer).member("time", record.time);
        json.member("phase", name_of(record.phase)).member("flip", name_of(flipped.difference.flip));
        write_names(json, "before", flipped.difference.before.decision.rules);
        write_names(json, "after", flipped.difference.after.decision.rules);
        json.member("from", record.question.from).member("to", record.question.to);
        json.member("name", record.question.name.value_or("")).end_object();
    }
    fmt::print("{}\n", json.end_array().end_object().take());
}

std::string rules_of(const judge::Answer& answer) {
    std::string text = answer.allowed ? std::string(either("allowed", "許可")) : std::string(either("refused", "拒否"));
    for (const std::string& rule : answer.decision.rules) text += " " + rule;
    return text;
}

void print_text(const Replayed& replayed) {
    fmt::print("{}", summary_lines(replayed.summary));
    fmt::print("{}: {} / {}\n", either("of this policy's own decisions the same", "このポリシー自身の判定との一致"),
               replayed.own_same, replayed.own);
    for (std::size_t i = 0; i < replayed.flips.size() && i < flips_shown; ++i) {
        const auto& [record, difference] = replayed.flips[i];
        fmt::print("{} {} {}→{} {}: {} → {}\n", local_time(record.time), record.transfer.substr(0, 8),
                   record.question.from, record.question.to, record.question.name.value_or(""),
                   rules_of(difference.before), rules_of(difference.after));
    }
    if (replayed.flips.size() > flips_shown)
        fmt::print("{}\n", either("... and more: --json lists them", "…ほかは --json で一覧できます"));
}

// The one in force, from the gateway itself.
Result<policy::Policy> policy_in_force(GatewayLedger& gateway) {
    return judge::load_policy(TRY(gateway.kept(0)).bundle.files);
}

} // namespace

const Shape policy_replay_shape{"[NEW]", options};

int policy_replay(const Arguments& arguments) {
    return finish([&]() -> Result<int> {
        const std::int64_t since = TRY(since_of(arguments));
        auto gateway = TRY(GatewayLedger::open(arguments));
        std::optional<policy::Policy> policy;
        if (arguments.operands().empty()) {
            policy = TRY(policy_in_force(gateway));
        } else {
            auto opened = open_policy(arguments, TRY(policy_path(arguments)));
            if (!opened) return opened.error();
            policy = opened->policy;
        }
        const Replayed replayed = TRY(replay(gateway, *policy, since));
        if (arguments.flag("--json"))
            print_json(replayed, to_hex(policy->digest()), since);
        else
            print_text(replayed);
        const bool differs = arguments.operands().empty() ? false : !replayed.flips.empty();
        return differs || replayed.own != replayed.own_same ? ExitCode::answer_is_no : ExitCode::done;
    });
}

} // namespace sekisho::cli
