// The allow-list: which dictionary kinds exist, which keys each may have and of what kind their values are.
// A key that no rule names does not get into the output.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::pdf {

enum class Kind : std::uint8_t {
    // Single values.
    boolean,
    integer,
    number,
    name,
    text,
    // Arrays; the elements may be references, the copies are direct.
    numbers,
    rectangle, // exactly four numbers
    matrix,    // exactly six numbers
    names,
    name_or_names,
    number_or_numbers,
    booleans,
    dash,        // [[numbers] number]
    char_widths, // of a simple font: a number for each code (9.6.2.1), so at most 256
    widths,      // CID widths: numbers and arrays of numbers
    font_size,   // [font number]
    // Dictionaries with rules (grammar.cpp).
    resources,
    ext_gstate,
    soft_mask,
    group,
    font,
    font_type0,
    font_type3,
    cid_font,
    cid_system,
    descriptor,
    font_style,
    encoding_dictionary,
    calibrated,
    shading_dictionary,
    pattern_shading,
    layer,
    layer_membership,
    layer_configuration,
    layer_properties,
    output_intent,
    // Dictionaries of any names.
    map_ext_gstate,
    map_color_space,
    map_pattern,
    map_shading,
    map_xobject,
    map_font,
    map_property,
    map_glyph,
    map_colorant,
    // Streams.
    form,
    glyph,
    pattern_tiling,
    image,
    icc,
    cmap,
    to_unicode,
    gid_map,
    function_sampled,
    function_calculator,
    shading_stream,
    lookup,
    // Chosen by looking at the value.
    color_space,
    function,
    functions, // one function or an array of them
    transfer,  // a function or /Identity
    xobject,
    pattern,
    shading,
    property,
    encoding,
    cmap_or_name,
    gid_map_or_name,
    descendants,
    mask, // image or colour key
    soft_mask_or_none,
    layers,
    layer_or_layers,
    optional_content,
    layer_order,
    layer_groups,
    visibility,
    blend,
    function_exponential,
    function_stitching,
};

struct Rule {
    std::string_view key;
    Kind kind;
};

struct Row {
    Kind kind;
    std::string_view opening; // entries that are the same for each of this kind
    std::span<const Rule> rules;
};

// Null for kinds that have no rules.
const Row* row_of(Kind kind);
// What a key that was left out means. Finding::none for keys that carry nothing.
Finding finding_for_key(std::string_view key);
// The dictionary kinds that accept any name, and what each name then stands for.
bool map_item(Kind map, Kind& item);

} // namespace sekisho::pdf
