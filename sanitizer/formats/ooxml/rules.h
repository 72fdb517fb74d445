// What a name needs beyond standing on its list. One row per threat (O01-O41) that shows in markup.
#pragma once

#include <span>

#include "sanitizer/formats/ooxml/vocabulary.h"

namespace sekisho::ooxml {

struct SpecialElement {
    Ns ns;
    std::string_view names; // separated by spaces
    Rule rule;
    Finding finding = Finding::none; // none: the relationship that it needs is what is reported
};

struct TextElements {
    Ns ns;
    std::string_view names;
};

struct SpecialAttribute {
    Ns ns;
    Plain plain; // whose attribute without a prefix, if `ns` is none
    std::string_view names;
    AttributeRule rule;
};

std::span<const SpecialElement> special_elements();
std::span<const TextElements> text_elements();
std::span<const SpecialAttribute> special_attributes();

} // namespace sekisho::ooxml
