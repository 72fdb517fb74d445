// Requests and policies for the engine's tests.
#pragma once

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

inline std::string with_head(std::string_view rules) {
    return std::string(head) + std::string(rules);
}

// Whether a condition holds for a request, by the answer of an allow that has it.
inline bool holds(std::string_view condition, const Request& asked) {
    const Policy policy = loaded(with_head("allow \"R-1\" from internet to lgwan when " + std::string(condition)));
    return policy.decide(asked).outcome == Outcome::allow;
}

} // namespace sekisho::policy
