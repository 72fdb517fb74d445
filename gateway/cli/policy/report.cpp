#include "gateway/cli/policy/report.h"

#include <fmt/format.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/policy/gateway.h"
#include "gateway/cli/up.h"
#include "gateway/judge/loading.h"
#include "gateway/settings/settings.h"

namespace sekisho::cli {

namespace {

void write_help(JsonWriter& json, const std::string& help) {
    if (!help.empty()) json.member("help", help);
}

// To standard error as people read it, to standard output as JSON.
void show_problems(bool as_json, const std::vector<policy::Diagnostic>& problems, const PolicyFiles& files) {
    if (!as_json) {
        fmt::print(stderr, "{}", policy::render(problems, files.shown, language()));
        return;
    }
    JsonWriter json;
    json.begin_object().member("file", files.path).member("valid", false).key("problems").begin_array();
    for (const policy::Diagnostic& problem : problems) write_problem(json, problem, files.shown);
    json.end_array().end_object();
    fmt::print("{}\n", json.take());
}

std::unexpected<Error> no_policy_named() {
    return usage_error({"no policy is named, and there are no settings of a gateway",
                        "ポリシーが指定されておらず、ゲートウェイの設定もありません"},
                       {"Write the FILE of a policy", "ポリシーのFILEを書いてください"});
}

} // namespace

policy::Language language() {
    return speaks_japanese() ? policy::Language::japanese : policy::Language::english;
}

std::string_view either(std::string_view english, std::string_view japanese) {
    return speaks_japanese() ? japanese : english;
}

std::unexpected<Error> usage_error(policy::Words message, policy::Words help) {
    return reject("usage", message.in(language()), {}, help.in(language()));
}

void write_place(JsonWriter& json, policy::Span at, const policy::Sources& shown) {
    if (at.file >= shown.size()) return;
    const policy::Source source(shown[at.file].name, shown[at.file].text, at.file);
    const policy::Position begin = source.position(at.begin);
    json.member("file", source.name()).member("line", begin.line).member("column", begin.column);
}

void write_problem(JsonWriter& json, const policy::Diagnostic& problem, const policy::Sources& shown) {
    json.begin_object().member("code", row_of(problem.problem).code).member("severity", "error");
    write_place(json, problem.at, shown);
    json.member("message", message_of(problem, language()));
    write_help(json, help_of(problem, language()));
    if (problem.note) {
        json.key("note").begin_object();
        write_place(json, problem.note->at, shown);
        json.member("message", text_of(problem.note->text, language())).end_object();
    }
    json.end_object();
}

void write_problem(JsonWriter& json, const policy::Remark& remark, const policy::Sources& shown) {
    const policy::FindingRow& row = row_of(remark.finding);
    json.begin_object().member("code", row.code).member("severity", row.error ? "error" : "warning");
    if (remark.at) write_place(json, *remark.at, shown);
    json.member("message", message_of(remark, language()));
    write_help(json, help_of(remark, language()));
    if (!remark.rule.empty()) json.member("rule", remark.rule);
    json.end_object();
}

Result<std::string> policy_path(const Arguments& arguments) {
    if (arguments.operands().size() == 1) return arguments.operands().front();
    if (arguments.operands().empty()) return gateway_policy(arguments);
    return usage_error({"one policy at a time", "ポリシーは一つだけ指定してください"},
                       {"Write one FILE; what it includes is read by itself",
                        "FILEを一つ書いてください。includeしているファイルは自動で読みます"});
}

Result<std::string> gateway_policy(const Arguments& arguments) {
    const auto settings = Settings::load(arguments.value("--settings").value_or(std::string(usual_settings)));
    if (!settings) return no_policy_named();
    return std::string(settings->text("policy.file"));
}

Result<PolicyFiles> named_policy(const Arguments& arguments) {
    if (arguments.operands().empty()) return policy_in_force(arguments);
    return read_policy(TRY(policy_path(arguments)));
}

Result<PolicyFiles> policy_in_force(const Arguments& arguments) {
    auto gateway = GatewayLedger::open(arguments);
    if (!gateway) return no_policy_named();
    auto kept = TRY(gateway->kept(0));
    PolicyFiles files;
    files.path = fmt::format(fmt::runtime(either("(in force: version {})", "（適用中：第{}版）")), kept.entry.version);
    for (sign::NamedText& file : kept.bundle.files) {
        files.shown.push_back({file.name, file.text});
        files.sources.push_back({std::move(file.name), std::move(file.text)});
    }
    return files;
}

std::expected<Opened, int> open_policy(const Arguments& arguments, PolicyFiles files) {
    auto loaded = policy::Policy::load(files.sources, judge::vocabulary());
    if (!loaded) {
        show_problems(arguments.flag("--json"), loaded.error(), files);
        return std::unexpected(ExitCode::invalid);
    }
    return Opened{std::move(*loaded), std::move(files)};
}

std::expected<Opened, int> open_policy(const Arguments& arguments, const std::string& path) {
    auto files = read_policy(path);
    if (!files) return std::unexpected(complain(files.error()));
    return open_policy(arguments, std::move(*files));
}

} // namespace sekisho::cli
