// sekisho policy lint: what a policy says in vain, and what ends soon.
//
// --json: {"file":...,"remarks":[...]}; see report.h for a remark.
#include <array>

#include <fmt/format.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/calendar.h"
#include "gateway/cli/policy/gateway.h"
#include "gateway/cli/policy/progress.h"
#include "gateway/cli/policy/report.h"
#include "gateway/cli/policy/verbs.h"
#include "policy/analysis/lint.h"

namespace sekisho::cli {

namespace {

constexpr std::array options{
    OptionRow{"--today", "DATE", "judge ends as if it were this day (default: today)",
              "この日付で期限を判定する（既定：今日）"},
    OptionRow{"--hits", "", "also name allows that decided nothing in the last 90 days, by the gateway's records",
              "ゲートウェイの記録で、過去90日に使われていない許可も指摘する"},
    settings_option,
    json_option,
};

void print_json(const PolicyFiles& files, const std::vector<policy::Remark>& remarks) {
    JsonWriter json;
    json.begin_object().member("file", files.path).key("remarks").begin_array();
    for (const policy::Remark& remark : remarks) write_problem(json, remark, files.shown);
    json.end_array().end_object();
    fmt::print("{}\n", json.take());
}

void print_words(const PolicyFiles& files, const std::vector<policy::Remark>& remarks) {
    fmt::print("{}", policy::render(remarks, files.shown, language()));
    if (remarks.empty())
        fmt::print(stderr, fmt::runtime(either("{}: nothing to remark\n", "{}: 指摘はありません\n")), files.path);
    else
        fmt::print(stderr, fmt::runtime(either("{}: {} remarks\n", "{}: 指摘が{}件あります\n")), files.path,
                   remarks.size());
}

// How often each rule decided, in the days that end with this one.
Result<std::map<std::string, std::uint64_t>> hits_until(const Arguments& arguments, std::chrono::sys_days day) {
    const Progress progress(std::string(either("counting decisions", "判定の記録を数えています")));
    constexpr std::chrono::days counted{policy::hits_days};
    auto gateway = TRY(GatewayLedger::open(arguments));
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>((day - counted).time_since_epoch());
    std::map<std::string, std::uint64_t> hits;
    TRY(gateway.decisions(since.count(), false, [&](const judge::Record& record) -> Result<> {
        const judge::Answer answer = TRY(judge::decode_answer(record.answer));
        for (const std::string& rule : answer.decision.rules) ++hits[rule];
        return {};
    }));
    return hits;
}

Result<int> lint(const Arguments& arguments) {
    policy::Surroundings around;
    around.today = now().day;
    if (const auto day = arguments.value("--today")) around.today = TRY(day_of(*day));
    if (arguments.flag("--hits")) around.hits = TRY(hits_until(arguments, *around.today));
    const auto opened = open_policy(arguments, TRY(named_policy(arguments)));
    if (!opened) return opened.error();
    std::vector<policy::Remark> remarks;
    {
        const Progress progress(std::string(either("comparing the rules", "規則を比べています")));
        remarks = policy::lint(opened->policy, around);
    }
    arguments.flag("--json") ? print_json(opened->files, remarks) : print_words(opened->files, remarks);
    return remarks.empty() ? ExitCode::done : ExitCode::answer_is_no;
}

} // namespace

constinit const Shape policy_lint_shape{"[FILE]", options};

int policy_lint(const Arguments& arguments) {
    return finish([&] { return lint(arguments); });
}

} // namespace sekisho::cli
