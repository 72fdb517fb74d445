// One file through archives and texts, and other programs' opinion of what comes out.
#pragma once

#include <map>

#include "sanitizer/core/job.h"
#include "tests/sanitizer/formats/archive_foreign/samples.h"

namespace sekisho::tests {

// Stands for the table of formats: archives and texts pass, all else is refused by its family.
Result<Type> nested(const Source& in, Sink& out, std::string_view name, Context& context);
void warm_up();

struct Given {
    std::string name = {};
    std::vector<std::string> passwords = {};
    std::vector<std::uint64_t> parts = {};
    Limits limits = {};
};

struct Done {
    std::string code; // "" when delivered
    std::string type; // that was written
    std::string bytes;
    std::string findings;                       // codes in order of first appearance, blank between
    std::map<std::string, std::string> members; // of a ZIP, as unzip sees them; "a/" for folders
    bool found(std::string_view finding) const {
        return (" " + findings + " ").find(" " + std::string(finding) + " ") != std::string::npos;
    }
    std::vector<std::string> names() const;
};

// Checks along the way: the verifier accepts what was delivered, 7z and unzip open it, the same input gives the same
// bytes, and the output sanitised again is delivered without a finding, and settles.
Done pass(std::string_view input, const Given& given = {});

} // namespace sekisho::tests
