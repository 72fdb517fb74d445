// The vocabularies: which namespaces exist here, which names may pass, and what a name needs beyond passing.
#pragma once

#include <cstdint>
#include <string_view>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::ooxml {

enum class Ns : std::uint8_t {
    none,    // no namespace
    unknown, // any that is not below
#define NAMESPACE(id, ...) id,
#include "sanitizer/formats/ooxml/namespaces.def"
#undef NAMESPACE
    count
};

// Which set of prefixes the root of a part declares.
enum class Dialect : std::uint8_t { word = 1, sheet = 2, slide = 4, drawing = 8, vml = 16 };

// Whose list decides on attributes without a prefix.
enum class Plain : std::uint8_t { none, drawing, sheet, vml, office };

struct NsRow {
    Ns ns;
    std::string_view prefix;
    std::string_view uri;
    std::string_view strict; // the ISO Strict name of the same vocabulary; may be empty
    unsigned dialects;       // bits of Dialect
    bool extension;          // not of ECMA-376: may stand in mc:Ignorable and mc:Choice/@Requires
    Plain plain;
};

const NsRow& row_of(Ns ns);
Ns namespace_of(std::string_view uri);

enum class Rule : std::uint8_t {
    keep,
    drop,              // with everything below
    drop_block,        // the same, and an empty paragraph takes its place: cells and notes must not be empty
    unwrap,            // the tags go, what is between them stays
    prune,             // goes if nothing is left in it
    needs_part,        // goes unless its relationship leads to a delivered XML part
    needs_part_if_any, // goes if it has a relationship that leads to none
    needs_package,     // goes unless its relationship leads to a delivered embedded document
    needs_picture,     // its relationship leads to a picture, or is taken off
    hyperlink,         // its relationship may lead out
    sheet_hyperlink,
    action, // a:hlinkClick and its kind
    alternate,
    choice,
    fallback,
    extension, // ext in extLst: goes whole if anything in it is unknown
    run,
    story, // fields do not cross its border
    revision,
    field_character,
    field_simple,
    instruction,
    cell,
    cell_value,
    cell_formula,
    own_formula,     // goes if its formula goes
    parents_formula, // takes its Rule::rule_owner with it
    formula_owner,
    defined_name,
    sheet,
    sheet_view,
    author,
    chart_reference,
    chart_formula,
    graphic_frame, // goes if its graphicData goes
    graphic_data,
    anchor, // goes if its only object goes
    ole_frame,
    ole_object,
};

struct ElementRow {
    Ns ns = Ns::none;
    std::string_view name;
    Rule rule = Rule::keep;
    Finding finding = Finding::none;
    bool text = false; // may hold characters
};

enum class AttributeRule : std::uint8_t {
    keep,
    quiet, // taken off without a word: fingerprints without content
    author,
    formula,
    style,
    macro,
    relation,
    metadata,
    person,
    connection,
    external,
};

// Null if the name may not pass.
const ElementRow* find_element(Ns ns, std::string_view name);
// `element` decides for an attribute without a prefix (`ns` none).
const AttributeRule* find_attribute(Ns element, Ns ns, std::string_view name);

} // namespace sekisho::ooxml
