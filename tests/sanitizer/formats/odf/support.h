// An independent look at what came out.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "sanitizer/formats/odf/odf.h"
#include "tests/sanitizer/samples/odf.h"
#include "tests/support/corpus.h"

namespace sekisho::tests {

using Members = std::map<std::string, std::string>;

using Sample = OdfSample;
inline constexpr auto root = OdfSample::root;

struct Outcome {
    Result<Type> type = refuse(Reason::internal);
    Bytes bytes;
    Members members;
    std::vector<Entry> entries;

    bool found(Finding finding) const;
    // The words occur in no member.
    bool is_gone(std::string_view words) const;
    const std::string& content() const { return member("content.xml"); }
    const std::string& member(const std::string& name) const;
    bool has(const std::string& name) const { return members.contains(name); }
};

// Rebuilds; then the verifier must accept it, rebuilding it again must find nothing, and a third time change nothing.
Outcome rebuilt(View input);
Outcome rebuilt(const Sample& sample);
std::string refusal(View input, const Limits& limits = {});

std::string png();

} // namespace sekisho::tests
