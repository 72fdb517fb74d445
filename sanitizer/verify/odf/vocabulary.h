// The names that a delivered document may have, by the vocabularies of OpenDocument 1.3.
#pragma once

#include <cstdint>
#include <string_view>

namespace sekisho::verify::odf_names {

enum class Words : std::uint8_t {
    none, // without a namespace
    office,
    style,
    text,
    table,
    draw,
    fo,
    xlink,
    dc,
    meta,
    number,
    presentation,
    svg,
    chart,
    dr3d,
    script,
    math,
    form,
    config,
    anim,
    smil,
    loext,
    calcext,
    field,
    drawooo,
    tableooo,
    formx,
    xml,
    value, // stands in values only
    manifest,
    foreign,
    count
};

Words words_of(std::string_view uri);
bool element_is_listed(Words words, std::string_view name);
// `element`: of the element that has it.
bool attribute_is_listed(Words element, Words words, std::string_view name);
// Settings whose value is a number or a truth, and those whose value is words.
bool setting_is_number(std::string_view name);
bool setting_is_words(std::string_view name);

} // namespace sekisho::verify::odf_names
