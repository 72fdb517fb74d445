// What a name needs beyond standing on its list. One row per threat (D01-D10) that shows in markup.
#pragma once

#include "sanitizer/formats/odf/vocabulary.h"

namespace sekisho::odf {

struct SpecialElements {
    Ns ns;
    std::string_view names; // separated by spaces
    ElementRow row;
};

struct SpecialAttributes {
    Ns ns;
    std::string_view names;
    AttributeRow row;
};

std::span<const SpecialElements> special_elements();
std::span<const SpecialAttributes> special_attributes();

} // namespace sekisho::odf
