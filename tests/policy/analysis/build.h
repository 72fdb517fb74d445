// Policies of the analysis' tests: what every one of them needs, and what the test is about.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "policy/analysis/remark.h"
#include "policy/engine/engine.h"
#include "policy/engine/sample.h"
#include "tests/policy/vocabulary.h"

namespace sekisho::tests {

inline constexpr std::string_view head = R"(policy "試験" version 3
zone internet, lgwan, mynumber
types office = pdf docx xlsx pptx
types picture = jpeg png
group tax = dept "税務課", dept "収納課", user "t.yamada"
group chief = role "課長"
)";

inline policy::Policy policy_of(std::string_view text, bool with_head = true) {
    policy::Sources sources{{"main.sekisho", (with_head ? std::string(head) : std::string()) + std::string(text)}};
    auto policy = policy::Policy::load(sources, vocabulary());
    if (policy) return *policy;
    ADD_FAILURE() << policy::render(policy.error(), sources, policy::Language::english);
    return policy::Policy::deny_all();
}

inline policy::Decision decided(const policy::Policy& policy, const policy::Sample& sample) {
    const policy::Asked asked(sample);
    return policy.decide(asked.request());
}

inline std::vector<std::string> codes(const std::vector<policy::Remark>& remarks) {
    std::vector<std::string> out;
    for (const policy::Remark& remark : remarks)
        out.push_back(std::string(policy::row_of(remark.finding).code) + " " + remark.rule);
    std::ranges::sort(out);
    return out;
}

} // namespace sekisho::tests
