// The lists: vocabularies, elements, attributes, and what each needs beyond standing on its list.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::odf {

enum class Ns : std::uint8_t {
    none,
#define NAMESPACE(id, prefix, uri) id,
#include "sanitizer/formats/odf/namespaces.def"
#undef NAMESPACE
    unknown,
    count
};

struct NsRow {
    Ns ns;
    std::string_view prefix; // as written; empty: never written
    std::string_view uri;
};
std::span<const NsRow> all_namespaces();
const NsRow& row_of(Ns ns);
Ns namespace_of(std::string_view uri);

enum class Rule : std::uint8_t {
    keep,
    drop,
    unwrap,    // only what is inside is kept
    link,      // unwrapped if its address may not be followed
    area,      // stays without an address that may not be followed
    picture,   // needs a picture of the package, or one written inside of it (flat files)
    binary,    // such a picture
    object,    // needs a document of the package, or one written inside of it
    document,  // such a document
    listener,  // presentation: stays if its action stays within the show
    author,    // its text is a person's name
    setting,   // config:config-item, by a list of names
    notation,  // math:annotation, in one notation only
    field,     // form fields of a text, by their kind
    listeners, // office:event-listeners: those of a document go, those of a shape are looked at one by one
    row,       // counts towards the cells of a sheet
    cell,
    stated, // a field with a property of the file, which goes: it stays as it was last seen
    form,   // loses what it would do
    chart,  // refers to the document around it
};

struct ElementRow {
    Rule rule = Rule::keep;
    Finding finding = Finding::none;
    Ns ns = Ns::none;
    std::string_view name = {};
};

enum class AttributeRule : std::uint8_t {
    keep,
    drop,
    formula,
    condition,
    range,     // of cells, within the document
    count,     // not larger than a sheet is
    reference, // xlink:href: by the element's rule
    address,   // an address that is shown
    service,   // name of a form control
    event,     // a click
};

struct AttributeRow {
    AttributeRule rule = AttributeRule::keep;
    Finding finding = Finding::none; // of a dropped one; none: nothing that anybody would miss
};

// Null if it is on no list.
const ElementRow* find_element(Ns ns, std::string_view name);
const AttributeRow* find_attribute(Ns element, Ns ns, std::string_view name);

} // namespace sekisho::odf
