#include <array>

#include <fmt/format.h>

#include "policy/analysis/words.h"

namespace sekisho::policy {

namespace {

std::string masked(std::string_view attribute, std::uint64_t mask, std::size_t size, const auto& name) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < size; ++i)
        if (((mask >> i) & 1) != 0) names.emplace_back(name(i));
    return fmt::format("{} {} {}", attribute, names.size() == 1 ? "is" : "in", joined(names, ", "));
}

std::string compared(std::string_view attribute, const Step& step, bool negated) {
    constexpr std::array<std::string_view, 4> signs{"<", "<=", ">", ">="};
    constexpr std::array<std::string_view, 4> opposite{">=", ">", "<=", "<"};
    const auto at = static_cast<std::size_t>(step.comparison) - static_cast<std::size_t>(Operator::less);
    const std::string value = step.test == Test::size ? size_text(step.first) : fmt::format("{}", step.first);
    if (at >= signs.size()) return fmt::format("{}{} is {}", negated ? "not " : "", attribute, value);
    return fmt::format("{} {} {}", attribute, negated ? opposite[at] : signs[at], value);
}

std::string people(const Compiled& policy, const Step& step) {
    switch (step.test) {
    case Test::user_in:
        return "user in " + policy.groups[step.first];
    case Test::recipient_in:
        return "recipient in " + policy.groups[step.first];
    case Test::user_is:
        return fmt::format("user is \"{}\"", policy.members[step.first].name);
    case Test::recipient_is:
        return fmt::format("recipient is \"{}\"", policy.members[step.first].name);
    default:
        return fmt::format("dept is \"{}\"", policy.departments[step.first]);
    }
}

std::string positive(const Compiled& policy, const Step& step) {
    const auto zone = [&](std::size_t i) { return i < policy.zones.size() ? policy.zones[i] : std::string(); };
    switch (step.test) {
    case Test::from_in:
        return masked("from", step.first, policy.zones.size(), zone);
    case Test::to_in:
        return masked("to", step.first, policy.zones.size(), zone);
    case Test::origin_in:
        return masked("origin", step.first, policy.zones.size(), zone);
    case Test::level_in:
        return masked("level", step.first, reached_names.size(), [](std::size_t i) { return reached_names[i]; });
    case Test::confidentiality:
        return masked("class", step.first, confidentiality_names.size(),
                      [](std::size_t i) { return confidentiality_names[i]; });
    case Test::channel_in:
        return masked("channel", step.first, channel_names.size(), [](std::size_t i) { return channel_names[i]; });
    case Test::type_in:
        return "type in " + policy.type_groups[step.first];
    case Test::type_is:
        return "type is " + policy.types[step.first].name;
    case Test::family_is:
        return "family is " + policy.families[step.first];
    case Test::hours:
        return fmt::format("hours in {}..{}", minute_text(step.first), minute_text(step.last));
    case Test::dates:
        return fmt::format("date in {}..{}", day_text(step.first), day_text(step.last));
    case Test::day_in:
        return "day in " + policy.calendars[step.first].name;
    case Test::finding:
        return fmt::format("findings has \"{}\"", policy.findings[step.first]);
    case Test::data:
        return fmt::format("dlp has {}", data_kind_names[step.first]);
    case Test::flow_specific:
        return "flow in specific";
    case Test::flow_is:
        return fmt::format("flow is \"{}\"", policy.flows[step.first].id);
    case Test::name_like:
        return fmt::format("name like \"{}\"", utf8_of(policy.globs[step.first]));
    default:
        return people(policy, step);
    }
}

std::string comparison(const Compiled& policy, const Step& step, bool negated) {
    switch (step.test) {
    case Test::size:
        return compared("size", step, negated);
    case Test::depth:
        return compared("archive.depth", step, negated);
    case Test::members:
        return compared("archive.members", step, negated);
    case Test::data_count:
        return compared("dlp.count", step, negated);
    default:
        return (negated ? "not " : "") + positive(policy, step);
    }
}

// The Japanese of the words that a comparison begins with.
std::string_view label_of(std::string_view attribute) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 19> labels{{{"from", "送信元"},
                                                                                    {"to", "宛先"},
                                                                                    {"origin", "最初の入口"},
                                                                                    {"type", "種類"},
                                                                                    {"family", "系統"},
                                                                                    {"size", "大きさ"},
                                                                                    {"archive.depth", "圧縮の深さ"},
                                                                                    {"archive.members", "圧縮内の数"},
                                                                                    {"dlp", "個人情報"},
                                                                                    {"dlp.count", "個人情報の件数"},
                                                                                    {"hours", "時刻"},
                                                                                    {"date", "日付"},
                                                                                    {"day", "日"},
                                                                                    {"findings", "検出"},
                                                                                    {"level", "無害化"},
                                                                                    {"user", "送信者"},
                                                                                    {"dept", "所属"},
                                                                                    {"recipient", "受信者"},
                                                                                    {"class", "機密性"}}};
    for (const auto& [name, label] : labels)
        if (name == attribute) return label;
    return attribute == "channel" ? "経路" : attribute == "flow" ? "特定通信" : "名前";
}

// From "size <= 50MB".
std::string japanese_of(std::string_view text) {
    const bool negated = text.starts_with("not ");
    if (negated) text.remove_prefix(4);
    const std::size_t first = text.find(' ');
    const std::size_t second = text.find(' ', first + 1);
    const std::string_view comparison = text.substr(first + 1, second - first - 1);
    const std::string_view value = text.substr(second + 1);
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> signs{
        {{"<", "未満"}, {"<=", "以下"}, {">", "超"}, {">=", "以上"}}};
    const std::string out = fmt::format("{} {}", label_of(text.substr(0, first)), value);
    for (const auto& [sign, japanese] : signs)
        if (sign == comparison) return out + std::string(japanese);
    if (comparison == "has") return out + (negated ? " なし" : " あり");
    return out + (negated ? " 以外" : "");
}

bool is_leaf(const Compiled& policy, std::uint32_t at) {
    const Test test = policy.steps[at].test;
    return test != Test::all && test != Test::any && test != Test::negation;
}

} // namespace

Words condition_words(const Compiled& policy, std::uint32_t at, bool negated) {
    const Step& step = policy.steps[at];
    if (step.test == Test::negation) return condition_words(policy, at + 1, !negated);
    if (is_leaf(policy, at)) {
        const std::string text = comparison(policy, step, negated);
        return {text, japanese_of(text)};
    }
    const bool all = (step.test == Test::all) != negated;
    std::vector<std::string> parts;
    for (std::uint32_t inner = at + 1; inner < step.end; inner = policy.steps[inner].end) {
        const std::string part = condition_words(policy, inner, negated).japanese;
        parts.push_back(is_leaf(policy, inner) ? part : "（" + part + "）");
    }
    return {condition_text(policy, at, negated), joined(parts, all ? "、かつ" : "、または")};
}

std::string condition_text(const Compiled& policy, std::uint32_t at, bool negated) {
    const Step& step = policy.steps[at];
    if (step.test == Test::negation) return condition_text(policy, at + 1, !negated);
    if (step.test != Test::all && step.test != Test::any) return comparison(policy, step, negated);
    const bool all = (step.test == Test::all) != negated;
    std::vector<std::string> parts;
    for (std::uint32_t inner = at + 1; inner < step.end; inner = policy.steps[inner].end) {
        std::uint32_t leaf = inner;
        bool turned = negated;
        for (; policy.steps[leaf].test == Test::negation; ++leaf) turned = !turned;
        const Test test = policy.steps[leaf].test;
        const bool folds = test == Test::all || test == Test::any;
        const bool other = folds && ((test == Test::all) != turned) != all;
        const std::string part = condition_text(policy, inner, negated);
        parts.push_back(other ? "(" + part + ")" : part);
    }
    return joined(parts, all ? " and " : " or ");
}

} // namespace sekisho::policy
