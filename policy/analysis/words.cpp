#include "policy/analysis/words.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

namespace sekisho::policy {

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) out += between;
        out += parts[i];
    }
    return out;
}

Words joined(const std::vector<Words>& parts, std::string_view english, std::string_view japanese) {
    std::vector<std::string> in_english;
    std::vector<std::string> in_japanese;
    for (const Words& part : parts) {
        in_english.push_back(part.english);
        in_japanese.push_back(part.japanese);
    }
    return {joined(in_english, english), joined(in_japanese, japanese)};
}

std::string size_text(std::uint64_t bytes) {
    constexpr std::array<std::pair<std::uint64_t, std::string_view>, 3> units{
        {{1'000'000'000, "GB"}, {1'000'000, "MB"}, {1'000, "KB"}}};
    for (const auto& [unit, name] : units)
        if (bytes >= unit && bytes % unit == 0) return fmt::format("{}{}", bytes / unit, name);
    return fmt::format("{}B", bytes);
}

std::string day_text(std::uint64_t day) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(static_cast<int>(day)))};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::string minute_text(std::uint64_t minute) {
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

Words approval_words(unsigned count, std::string_view group, std::string_view zone) {
    if (zone.empty())
        return {fmt::format("approve {} by {}", count, group), fmt::format("{}の{}名の承認", group, count)};
    return {fmt::format("approve {} by {} in {}", count, group, zone),
            fmt::format("{}にいる{}の{}名の承認", zone, group, count)};
}

Words level_words(Strictness level) {
    constexpr std::array<std::string_view, 3> japanese{"rebuild（組み立て直し）", "flatten（平坦化）",
                                                       "text（文字だけ）"};
    return {std::string(name_of(level)), std::string(japanese[static_cast<std::size_t>(level)])};
}

Words choice_words(std::string_view name, std::string_view word) {
    const std::string words = fmt::format("{} {}", name, word);
    return {words, words};
}

Words keep_words(unsigned days) {
    return {fmt::format("keep {} day{}", days, days == 1 ? "" : "s"), fmt::format("{}日間の保管", days)};
}

Words delay_words(unsigned minutes) {
    return {fmt::format("delay {} minute{}", minutes, minutes == 1 ? "" : "s"), fmt::format("{}分の待ち時間", minutes)};
}

Words watermark_words(std::string_view text) {
    return {fmt::format("watermark \"{}\"", text), fmt::format("透かし「{}」", text)};
}

namespace {

void add_rest(std::vector<Words>& out, std::optional<unsigned> keep, std::optional<unsigned> delay,
              const std::vector<std::string>& watermarks) {
    if (keep) out.push_back(keep_words(*keep));
    if (delay) out.push_back(delay_words(*delay));
    for (const std::string& text : watermarks) out.push_back(watermark_words(text));
}

} // namespace

std::vector<Words> obligations_of(const Compiled& policy, const CompiledRule& rule) {
    std::vector<Words> out{level_words(rule.strictness)};
    for (std::size_t i = 0; i < policy.choices.size(); ++i)
        if (((rule.mild >> i) & 1U) != 0) out.push_back(choice_words(policy.choices[i].name, policy.choices[i].mild));
    for (const CompiledApproval& approval : rule.approvals)
        out.push_back(approval_words(approval.count, policy.groups[approval.group],
                                     approval.zone < policy.zones.size() ? policy.zones[approval.zone] : ""));
    add_rest(out, rule.keep_days, rule.delay_minutes, rule.watermarks);
    return out;
}

std::vector<Words> obligations_of(const Decision& decision) {
    std::vector<Words> out{level_words(decision.strictness)};
    for (const Chosen& choice : decision.mild) out.push_back(choice_words(choice.name, choice.word));
    for (const Approval& approval : decision.approvals)
        out.push_back(approval_words(approval.count, approval.group, approval.zone));
    add_rest(out, decision.keep_days, decision.delay_minutes, decision.watermarks);
    return out;
}

} // namespace sekisho::policy
