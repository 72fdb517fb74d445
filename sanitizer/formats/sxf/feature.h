// A feature of SFC, as it stands in a comment: "SXF #10 = line_feature('1',...) SXF".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error/error.h"

namespace sekisho::sxf {

std::string_view trimmed(std::string_view text);
// The tag around the feature, which is taken off; nothing for a comment that is no feature.
std::string_view take_tag(std::string_view& comment);

struct Feature {
    std::uint64_t number = 0;
    std::string name;
    std::string_view parameters; // with the closing bracket

    // Refuses Reason::cad_damaged.
    static Result<Feature> of(std::string_view text);
};

struct Parameter {
    std::string_view value;
    bool escaped = false; // in \'...\' and not in '...'; readers take both
};

Result<std::vector<Parameter>> parameters_of(std::string_view text);

} // namespace sekisho::sxf
