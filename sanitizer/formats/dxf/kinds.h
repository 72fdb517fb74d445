// Which objects and groups stay in a drawing.
#pragma once

#include <string_view>
#include <vector>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::dxf {

enum class Section : std::uint8_t { header, classes, tables, blocks, entities, objects, other };
Section section_of(std::string_view name);

struct Codes {
    struct Range {
        int first, last;
    };
    std::vector<Range> ranges;
    bool has(int code) const;
};

struct Rule {
    bool kept = false;
    Finding finding = Finding::dxf_unknown; // of what is not kept
    bool entity = false;
    Codes codes;
};

// The rule for an object in a section, and in a table for what stands in one.
const Rule& rule_for(Section section, std::string_view kind);
// What every entity may have: layer, colour, line type, space, direction.
const Codes& entity_codes();
bool is_header_variable(std::string_view name); // with its "$"
// Whether a class may be declared: an object of that name may be in the drawing.
bool is_declared(std::string_view kind);

} // namespace sekisho::dxf
