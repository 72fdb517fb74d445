// Requests and policies for the engine's tests.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "policy/engine/engine.h"
#include "tests/policy/vocabulary.h"

namespace sekisho::policy {

inline Policy loaded(std::string_view source, const Vocabulary& known = tests::vocabulary()) {
    auto policy = Policy::load(source, known);
    if (policy) return *policy;
    ADD_FAILURE() << render(policy.error(), Source("test", source), Language::english);
    return Policy::deny_all();
}

inline const std::vector<std::string> tax{"税務課"};

// Everything is known: 10:00, a PDF file of one megabyte from tanaka of the tax department.
inline Request request(std::string_view from = "internet", std::string_view to = "lgwan") {
    Request request;
    request.from = from;
    request.to = to;
    request.origin = from;
    request.sender = "tanaka";
    request.sender_groups = tax;
    request.type = "pdf";
    request.size = 1'000'000;
    request.findings.emplace();
    request.archive_depth = 0;
    request.minute = 600;
    return request;
}

inline constexpr std::string_view head = "zone internet, lgwan, mynumber\n"
                                         "types office = docx xlsx pptx pdf\n"
                                         "group tax = dept \"税務課\"\n"
                                         "group chief = role \"課長\", user \"kimura\"\n";

// The lines of rules, each with a reason if it has none: every rule needs one.
inline std::string with_reasons(std::string_view rules) {
    std::string out;
    while (!rules.empty()) {
        const std::size_t end = std::min(rules.find('\n'), rules.size());
        const std::string_view line = rules.substr(0, end);
        const bool rule = line.starts_with("allow") || line.starts_with("forbid") || line.starts_with("exception");
        out += line;
        if (rule && line.find("reason \"") == std::string_view::npos) out += " reason \"-\"";
        out += '\n';
        rules.remove_prefix(std::min(end + 1, rules.size()));
    }
    return out;
}

inline std::string with_head(std::string_view rules) {
    return std::string(head) + with_reasons(rules);
}

// Whether a condition holds for a request, by the answer of an allow that has it.
inline bool holds(std::string_view condition, const Request& asked) {
    const Policy policy = loaded(with_head("allow \"R-1\" from internet to lgwan when " + std::string(condition)));
    return policy.decide(asked).outcome == Outcome::allow;
}

} // namespace sekisho::policy
