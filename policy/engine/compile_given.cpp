// What a test block gives. "unknown" empties an attribute.
#include "policy/engine/compile.h"

#include <algorithm>
#include <chrono>

#include "policy/language/keywords.h"
#include "policy/language/nearest.h"

namespace sekisho::policy {

namespace {

using Kind = Operand::Kind;

bool is_word(const Given& given, std::string_view word) {
    const Operand& first = given.values.front();
    return given.values.size() == 1 && first.kind == Kind::name && first.value.text == word;
}

// The one value, if it is of the kind.
const Operand* single(const Given& given, Kind kind) {
    const Operand& first = given.values.front();
    return given.values.size() == 1 && first.kind == kind ? &first : nullptr;
}

} // namespace

std::string Compiler::given_zone(const Given& given) {
    if (is_word(given, "unknown")) return {};
    const Operand* operand = single(given, Kind::name);
    if (operand == nullptr)
        bad_value(given.attribute, given.values.front(), given.attribute.text + " internet");
    else if (zone(operand->value))
        return operand->value.text;
    return {};
}

std::string Compiler::given_text(const Given& given, std::string_view example) {
    if (is_word(given, "unknown")) return {};
    if (const Operand* operand = single(given, Kind::text)) return operand->value.text;
    bad_value(given.attribute, given.values.back(), example);
    return {};
}

std::vector<std::string> Compiler::given_texts(const Given& given, std::string_view example) {
    std::vector<std::string> texts;
    for (const Operand& operand : given.values) {
        if (operand.kind == Kind::text)
            texts.push_back(operand.value.text);
        else
            bad_value(given.attribute, operand, example);
    }
    return texts;
}

std::optional<std::uint64_t> Compiler::given_value(const Given& given, Kind kind, std::string_view example) {
    if (is_word(given, "unknown")) return std::nullopt;
    constexpr std::uint64_t count_max = 0xFFFF'FFFF;
    const Operand* operand = single(given, kind);
    if (operand != nullptr && (kind == Kind::size || operand->first <= count_max)) return operand->first;
    bad_value(given.attribute, given.values.back(), example);
    return std::nullopt;
}

template <typename Value>
std::optional<Value> Compiler::given_listed(const Given& given, std::span<const std::string_view> names) {
    if (is_word(given, "unknown")) return std::nullopt;
    const bool listed = single(given, Kind::name) != nullptr || single(given, Kind::number) != nullptr ||
                        single(given, Kind::size) != nullptr; // the class 3B reads as three bytes
    if (!listed) {
        bad_value(given.attribute, given.values.back(), given.attribute.text + " " + std::string(names.front()));
        return std::nullopt;
    }
    const auto found = value(given.values.front(), given.attribute, names);
    return found ? std::optional<Value>(static_cast<Value>(*found)) : std::nullopt;
}

std::optional<std::vector<std::string>> Compiler::given_findings(const Given& given) {
    if (is_word(given, "unknown")) return std::nullopt;
    std::vector<std::string> codes;
    if (is_word(given, "none")) return codes;
    for (const Operand& operand : given.values) {
        if (operand.kind != Kind::name && operand.kind != Kind::text)
            bad_value(given.attribute, operand, "findings pdf.javascript");
        else
            known_finding(operand.value);
        codes.push_back(operand.value.text);
    }
    return codes;
}

std::optional<std::vector<std::string>> Compiler::given_data(const Given& given) {
    if (is_word(given, "unknown")) return std::nullopt;
    std::vector<std::string> kinds;
    if (is_word(given, "none")) return kinds;
    for (const Operand& operand : given.values) {
        if (operand.kind != Kind::name && operand.kind != Kind::text)
            bad_value(given.attribute, operand, "dlp mynumber");
        else if (value(operand, given.attribute, data_kind_names))
            kinds.push_back(operand.value.text);
    }
    return kinds;
}

// These three say whether, or do what, the attribute asks for.
bool Compiler::given_person(const Given& given, Sample& into) {
    const std::string& name = given.attribute.text;
    const auto add = [&](std::vector<std::string>& place) {
        for (std::string& text : given_texts(given, name + " \"税務課\"")) place.push_back(std::move(text));
    };
    if (name == "user")
        into.sender = given_text(given, "user \"tanaka\"");
    else if (name == "recipient")
        into.recipient = given_text(given, "recipient \"tanaka\"");
    else if (name == "dept" || name == "role")
        add(into.sender_groups);
    else if (name == "recipient.dept")
        add(into.recipient_groups);
    else
        return false;
    return true;
}

bool Compiler::given_number(const Given& given, Sample& into) {
    const std::string& name = given.attribute.text;
    if (name == "size") {
        into.size = given_value(given, Kind::size, "size 1MB");
    } else if (name == "archive.depth") {
        const auto depth = given_value(given, Kind::number, "archive.depth 1");
        into.archive_depth = depth ? std::optional(static_cast<unsigned>(*depth)) : std::nullopt;
    } else if (name == "archive.members") {
        into.archive_members = given_value(given, Kind::number, "archive.members 10");
    } else if (name == "dlp.count") {
        into.data_count = given_value(given, Kind::number, "dlp.count 3");
    } else if (name == "hours") {
        constexpr std::uint64_t minutes_of_day = 1440;
        const auto minute = given_value(given, Kind::time, "hours 10:00");
        if (minute && *minute == minutes_of_day) bad_value(given.attribute, given.values.front(), "hours 23:59");
        into.minute = minute ? std::optional(static_cast<unsigned>(*minute)) : std::nullopt;
    } else if (name == "day" || name == "date") {
        const auto day = given_value(given, Kind::date, name + " 2026-05-01");
        into.day.reset();
        if (day) into.day = std::chrono::sys_days(std::chrono::days(static_cast<int>(*day)));
    } else {
        return false;
    }
    return true;
}

void Compiler::given_name(const Given& given, Sample& into) {
    const Operand& first = given.values.front();
    const std::string& name = given.attribute.text;
    const bool no_value = is_word(given, "unknown");
    if (name == "type") {
        into.type.reset();
        if (no_value) return;
        if (single(given, Kind::name) == nullptr) return bad_value(given.attribute, given.values.back(), "type pdf");
        if (!m_types.contains(first.value.text)) unknown(Problem::unknown_type, first.value, m_types);
        into.type = first.value.text;
    } else if (name == "name") {
        into.name.reset();
        if (!no_value) into.name = given_text(given, "name \"申請書.pdf\"");
    } else if (name == "flow") {
        into.flow.reset();
        if (no_value) return;
        into.flow = std::string(); // g++ 14 takes emplace() after reset() for a use of what is not there
        if (is_word(given, "none")) return;
        const bool id = single(given, Kind::name) != nullptr || single(given, Kind::text) != nullptr;
        if (!id) return bad_value(given.attribute, given.values.back(), "flow \"T-001\"");
        if (!m_flows.contains(first.value.text)) unknown(Problem::unknown_flow, first.value, m_flows);
        into.flow = first.value.text;
    }
}

void Compiler::compile_given(const Given& given, Sample& into) {
    const std::string& name = given.attribute.text;
    if (given_person(given, into) || given_number(given, into)) return;
    if (name == "from") {
        into.from = given_zone(given);
    } else if (name == "to") {
        into.to = given_zone(given);
    } else if (name == "origin") {
        into.origin = given_zone(given);
    } else if (name == "findings") {
        into.findings = given_findings(given);
    } else if (name == "dlp") {
        into.data = given_data(given);
    } else if (name == "level") {
        into.level = given_listed<Reached>(given, reached_names);
    } else if (name == "class") {
        into.confidentiality = given_listed<Confidentiality>(given, confidentiality_names);
    } else if (name == "channel") {
        into.channel = given_listed<Channel>(given, channel_names);
    } else if (name == "type" || name == "name" || name == "flow") {
        given_name(given, into);
    } else {
        std::vector<std::string_view> names = keywords_of(Role::attribute);
        for (const std::string_view more : keywords_of(Role::given)) names.push_back(more);
        auto& problem = m_problems.add(Problem::unknown_attribute, given.attribute.at, {name});
        problem.suggestion = nearest(name, names);
    }
}

} // namespace sekisho::policy
