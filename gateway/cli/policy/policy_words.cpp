#include "gateway/cli/policy/policy_words.h"

#include <ctime>

#include <fmt/format.h>

#include "gateway/cli/policy/report.h"
#include "policy/sign/problem.h"

namespace sekisho::cli {

namespace {

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string problem_line(const ledger::PolicyStatus& status) {
    const sign::ProblemRow* row = sign::row_of_code(status.problem);
    const std::string about = status.about.empty() ? "" : fmt::format(" ({})", status.about);
    if (!row) return status.problem + about;
    return fmt::format("{}: {}{}\n  {}", row->code, either(row->english, row->japanese), about,
                       either(row->help_english, row->help_japanese));
}

void write_count(JsonWriter& json, const judge::Summary::Count& count) {
    json.member("opened", count.opened).member("closed", count.closed).member("obligations", count.obligations);
}

void write_counts(JsonWriter& json, std::string_view name, const std::map<std::string, judge::Summary::Count>& counts) {
    json.key(name).begin_object();
    for (const auto& [key, count] : counts) {
        json.key(key).begin_object();
        write_count(json, count);
        json.end_object();
    }
    json.end_object();
}

std::string count_lines(std::string_view title, const std::map<std::string, judge::Summary::Count>& counts) {
    if (counts.empty()) return {};
    std::string text = fmt::format("\n{}\n", title);
    for (const auto& [name, count] : counts)
        text += fmt::format("  {}: +{} -{} ~{}\n", name, count.opened, count.closed, count.obligations);
    return text;
}

} // namespace

std::string local_time(std::int64_t time) {
    const std::time_t seconds = time / 1000;
    std::tm local{};
    if (!localtime_r(&seconds, &local)) return {};
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday,
                       local.tm_hour, local.tm_min);
}

void write_entry(JsonWriter& json, const ledger::PolicyEntry& entry) {
    json.begin_object().member("number", entry.number).member("time", entry.time).member("act", entry.act);
    json.member("version", entry.version).member("title", entry.title).member("valid", entry.valid);
    json.member("digest", entry.digest).member("manifest", entry.manifest).member("author", entry.author);
    json.key("approvers").begin_array();
    for (const std::string& approver : entry.approvers) json.text(approver);
    json.end_array().member("reason", entry.reason).member("break_glass", entry.break_glass);
    json.member("until", entry.until).end_object();
}

std::string entry_line(const ledger::PolicyEntry& entry) {
    std::string text =
        fmt::format("{} {} {} \"{}\" {} {}", entry.number, local_time(entry.time),
                    entry.act == "rollback" ? either("back to version", "差戻し：版") : either("version", "版"),
                    entry.title, entry.version, entry.digest.substr(0, 12));
    if (!entry.valid.empty()) text += fmt::format(" {} {}", either("valid", "有効"), entry.valid);
    text += fmt::format("\n    {} {}", either("author", "作成"), entry.author);
    if (!entry.approvers.empty())
        text += fmt::format("  {} {}", either("approved by", "承認"), joined(entry.approvers));
    if (!entry.reason.empty()) text += fmt::format("  {} {}", either("because", "理由"), entry.reason);
    if (entry.break_glass)
        text +=
            fmt::format("\n    {} {}", either("EMERGENCY: one person alone, until", "【緊急適用】一人の鍵による。期限"),
                        local_time(entry.until));
    return text;
}

std::string status_json(const ledger::PolicyStatus& status) {
    JsonWriter json;
    json.begin_object().member("in_force", status.in_force).member("problem", status.problem).key("policy");
    if (status.newest.number == 0)
        json.null();
    else
        write_entry(json, status.newest);
    json.key("shadow");
    if (!status.shadowing) return json.null().end_object().take();
    json.begin_object().member("digest", status.shadow_digest).member("version", status.shadow_version);
    json.member("since", status.shadow_since).member("asked", status.shadow_asked);
    return json.member("differences", status.shadow_differences).end_object().end_object().take();
}

std::string status_lines(const ledger::PolicyStatus& status) {
    std::string text;
    if (!status.in_force)
        text += fmt::format("{}\n  {}\n",
                            either("NOTHING PASSES: no policy is in force.", "【停止中】有効なポリシーがありません。"),
                            problem_line(status));
    if (status.newest.number != 0) text += entry_line(status.newest) + '\n';
    if (status.shadowing)
        text += fmt::format("{} {} ({})\n", either("beside it, without effect: version", "並行判定中（効力なし）：版"),
                            status.shadow_version, status.shadow_digest.substr(0, 12));
    return text;
}

void write_summary(JsonWriter& json, const judge::Summary& summary) {
    json.member("asked", summary.asked).member("same", summary.same);
    write_count(json, summary.flips);
    write_counts(json, "by_rule", summary.by_rule);
    write_counts(json, "by_department", summary.by_department);
}

std::string summary_lines(const judge::Summary& summary) {
    std::string text = fmt::format("{}: {}  {}: {}\n", either("decisions asked again", "再判定した件数"), summary.asked,
                                   either("the same to the last bit", "完全に一致"), summary.same);
    text += fmt::format("+{} {}  -{} {}  ~{} {}\n", summary.flips.opened, either("newly allowed", "新たに許可"),
                        summary.flips.closed, either("newly refused", "新たに拒否"), summary.flips.obligations,
                        either("on other conditions", "条件が変更"));
    text += count_lines(either("by rule", "規則別"), summary.by_rule);
    return text + count_lines(either("by group of the sender", "送信者の所属別"), summary.by_department);
}

} // namespace sekisho::cli
