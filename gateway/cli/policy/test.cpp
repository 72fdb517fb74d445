// sekisho policy test: the test blocks, which rules they reach, and which
// changes they would not notice.
//
// --json:
// {"file":...,"passed":95,"failed":0,"survivors":0,"uncovered":0,"tests":[{"title","passed","got":{...},
//  "words"}],"coverage":[{"rule","tests":[...]}],"mutants":[{"kind":"dropped","rule","words","killer","equivalent",
//  "suggestion","witness"}]}; with --quick no mutants.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/gateway.h"
#include "gateway/cli/policy/progress.h"
#include "gateway/cli/policy/request_words.h"
#include "gateway/cli/policy/verbs.h"
#include "policy/analysis/test.h"

namespace sekisho::cli {

namespace {

constexpr std::array options{
    OptionRow{"--quick", "", "only run the tests: do not look for changes that none would notice",
              "試験だけを実行し、見逃しの検査をしない"},
    OptionRow{"--rules", "", "list every rule with the tests that it decides", "規則ごとに、判定した試験を一覧にする"},
    settings_option,
    json_option,
};

struct Report {
    std::vector<policy::TestResult> results;
    std::vector<policy::RuleCoverage> rules;
    policy::Mutation mutation;
    bool mutated = false;

    std::size_t passed() const {
        return static_cast<std::size_t>(std::ranges::count_if(results, &policy::TestResult::passed));
    }
    std::size_t uncovered() const {
        return static_cast<std::size_t>(
            std::ranges::count_if(rules, [](const policy::RuleCoverage& rule) { return rule.tests.empty(); }));
    }
    bool good() const {
        return passed() == results.size() && uncovered() == 0 && mutation.survivors() == 0 && !mutation.too_intricate;
    }
};

std::string_view kind_of(policy::Mutant::Kind kind) {
    switch (kind) {
    case policy::Mutant::Kind::dropped:
        return "dropped";
    case policy::Mutant::Kind::widened:
        return "widened";
    }
    bug("a mutant of no kind");
}

Report run(const policy::Policy& policy, bool quick) {
    const Progress progress(
        std::string(either("trying what each rule is good for", "規則を一つずつ変えて試しています")));
    Report report{policy::run_tests(policy), policy::coverage(policy), {}, !quick};
    if (!quick) report.mutation = policy::mutate(policy);
    return report;
}

void write_tests(JsonWriter& json, const Report& report) {
    json.key("tests").begin_array();
    for (const policy::TestResult& result : report.results) {
        json.begin_object().member("title", result.title).member("passed", result.passed).key("got");
        write_decision(json, result.got);
        if (!result.passed) json.member("words", result.words.in(language()));
        json.end_object();
    }
    json.end_array();
}

void write_mutants(JsonWriter& json, const Report& report) {
    json.key("mutants").begin_array();
    for (const policy::Mutant& mutant : report.mutation.mutants) {
        json.begin_object().member("kind", kind_of(mutant.kind)).member("rule", mutant.rule);
        json.member("words", mutant.words.in(language())).member("equivalent", mutant.equivalent);
        if (mutant.killer) json.member("killer", *mutant.killer);
        if (!mutant.suggestion.empty()) json.member("suggestion", mutant.suggestion);
        if (mutant.witness) {
            json.key("witness");
            write_sample(json, *mutant.witness);
        }
        json.end_object();
    }
    json.end_array();
}

void print_json(const Opened& opened, const Report& report) {
    JsonWriter json;
    json.begin_object().member("file", opened.files.path).member("passed", report.passed());
    json.member("failed", report.results.size() - report.passed()).member("uncovered", report.uncovered());
    if (report.mutated) json.member("survivors", report.mutation.survivors());
    write_tests(json, report);
    json.key("coverage").begin_array();
    for (const policy::RuleCoverage& rule : report.rules) {
        json.begin_object().member("rule", rule.rule).key("tests").begin_array();
        for (const std::string& title : rule.tests) json.text(title);
        json.end_array().end_object();
    }
    json.end_array();
    if (report.mutated) write_mutants(json, report);
    json.end_object();
    fmt::print("{}\n", json.take());
}

void print_rules(const Report& report) {
    for (const policy::RuleCoverage& rule : report.rules) {
        fmt::print("{:<8} {:>3}", rule.rule, rule.tests.size());
        for (const std::string& title : rule.tests)
            fmt::print("{}{}", &title == &rule.tests.front() ? "  " : " / ", title);
        fmt::print("\n");
    }
}

void print_words(const Opened& opened, const Report& report, bool rules) {
    const policy::Sources& shown = opened.files.shown;
    if (rules) print_rules(report);
    fmt::print("{}{}{}", policy::render(policy::remarks_of(report.results), shown, language()),
               policy::render(policy::remarks_of(report.rules), shown, language()),
               policy::render(policy::remarks_of(report.mutation), shown, language()));
    const std::size_t failed = report.results.size() - report.passed();
    fmt::print(stderr,
               fmt::runtime(either("{}: {} tests passed, {} failed; {} of {} rules have a test\n",
                                   "{}: "
                                   "試験{}件成功、{}件失敗。規則{}件（全{}件）に試験があります\n")),
               opened.files.path, report.passed(), failed, report.rules.size() - report.uncovered(),
               report.rules.size());
    if (!report.mutated) return;
    fmt::print(stderr,
               fmt::runtime(either("{} changes were tried, no test notices {}\n",
                                   "規則の変更{}通りを試し、{}通りは気付かれませんでした\n")),
               report.mutation.mutants.size(), report.mutation.survivors());
    if (report.mutation.too_intricate)
        fmt::print(
            stderr, "{}\n",
            either("the policy is too intricate to try them all", "込み入りすぎていて、すべては試せませんでした"));
}

Result<int> test(const Arguments& arguments) {
    const auto opened = open_policy(arguments, TRY(named_policy(arguments)));
    if (!opened) return opened.error();
    const Report report = run(opened->policy, arguments.flag("--quick"));
    arguments.flag("--json") ? print_json(*opened, report) : print_words(*opened, report, arguments.flag("--rules"));
    return report.good() ? ExitCode::done : ExitCode::answer_is_no;
}

} // namespace

constinit const Shape policy_test_shape{"[FILE]", options};

int policy_test(const Arguments& arguments) {
    return finish([&] { return test(arguments); });
}

} // namespace sekisho::cli
