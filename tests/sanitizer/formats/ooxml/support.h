// An independent look at rebuilt packages.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "sanitizer/formats/ooxml/ooxml.h"
#include "tests/sanitizer/samples/package.h"
#include "tests/support/corpus.h"

namespace sekisho::tests {

using Sample = PackageSample;
using Members = std::map<std::string, std::string>;

// Read by libzip.
Members unpack(View package);

// Pictures that begin like PNG or JPEG pass as they are, packages are rebuilt, anything else is refused.
Result<Type> nested_stand_in(const Source& in, Sink& out, std::string_view name, Context& context);

struct Outcome {
    Result<Type> type = refuse(Reason::internal);
    Members members;
    std::vector<Entry> entries;

    bool found(Finding finding) const;
    // The words occur in no member, in no case and not as UTF-16.
    bool is_gone(std::string_view words) const;
    const std::string& member(const std::string& name) const;
    bool has(const std::string& name) const { return members.contains(name); }
};

// Rebuilds; then checks the integrity of the package and that rebuilding it again finds nothing.
Outcome rebuilt(View package);
Outcome rebuilt(const Sample& sample);

// Every relationship leads to a member, every relationship attribute to a relationship, every member has a type and is
// reached.
void expect_whole(const Members& members);

std::string png();

} // namespace sekisho::tests
