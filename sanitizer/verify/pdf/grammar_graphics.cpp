// Resources, pictures, forms, patterns, shadings, functions and graphics states.
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

using namespace rule;

constexpr Rule any_name = name();

// Functions (7.10).
extern const Grammar stitching_grammar;
constexpr Key sampled_keys[] = {
    {"FunctionType", integer(0, 0), true},
    {"Domain", numbers(2, 64), true},
    {"Range", numbers(2, 64), true},
    {"Size", numbers(1, 32), true},
    {"BitsPerSample", integer(1, 32), true},
    {"Order", integer(1, 3)},
    {"Encode", numbers(2, 64)},
    {"Decode", numbers(2, 64)},
};
constexpr Grammar sampled_grammar{"sampled function", sampled_keys, true, samples_payload};
constexpr Key exponential_keys[] = {
    {"FunctionType", integer(2, 2), true},
    {"Domain", numbers(2, 64), true},
    {"Range", numbers(2, 64)},
    {"C0", numbers(1, 32)},
    {"C1", numbers(1, 32)},
    {"N", number(), true},
};
constexpr Grammar exponential_grammar{"exponential function", exponential_keys};
constexpr Key calculator_keys[] = {
    {"FunctionType", integer(4, 4), true},
    {"Domain", numbers(2, 64), true},
    {"Range", numbers(2, 64), true},
};
constexpr Grammar calculator_grammar{"calculator function", calculator_keys, true, calculator_payload};

const Grammar* pick_function(Walk&, const Object& dictionary) {
    const Object& type = dictionary.dictLookupNF("FunctionType");
    if (!type.isInt()) return nullptr;
    switch (type.getInt()) {
    case 0:
        return &sampled_grammar;
    case 2:
        return &exponential_grammar;
    case 3:
        return &stitching_grammar;
    case 4:
        return &calculator_grammar;
    default:
        return nullptr;
    }
}
constexpr Rule function = choose(pick_function);
constexpr Key stitching_keys[] = {
    {"FunctionType", integer(3, 3), true},
    {"Domain", numbers(2, 2), true},
    {"Range", numbers(2, 64)},
    {"Functions", array(function, 1, 4096), true},
    {"Bounds", numbers(0, 4095), true},
    {"Encode", numbers(2, 8192), true},
};
const Grammar stitching_grammar{"stitching function", stitching_keys};
constexpr Rule function_options[] = {function, array(function, 1, 32)};
constexpr Rule functions = either(function_options);

// Shadings (8.7.4.5).
constexpr Rule two_booleans_item = boolean();
constexpr Rule two_booleans = array(two_booleans_item, 2, 2);
constexpr Key plane_keys[] = {
    {"ShadingType", integer(1, 1), true},
    {"ColorSpace", as(color_space_rule), true},
    {"Background", numbers(1, 32)},
    {"BBox", numbers(4, 4)},
    {"AntiAlias", boolean()},
    {"Domain", numbers(4, 4)},
    {"Matrix", numbers(6, 6)},
    {"Function", functions, true},
};
constexpr Grammar plane_grammar{"function shading", plane_keys};
constexpr Key gradient_keys[] = {
    {"ShadingType", integer(2, 3), true},
    {"ColorSpace", as(color_space_rule), true},
    {"Background", numbers(1, 32)},
    {"BBox", numbers(4, 4)},
    {"AntiAlias", boolean()},
    {"Coords", numbers(4, 6), true},
    {"Domain", numbers(2, 2)},
    {"Function", functions, true},
    {"Extend", two_booleans},
};
constexpr Grammar gradient_grammar{"gradient", gradient_keys};
constexpr Key mesh_keys[] = {
    {"ShadingType", integer(4, 7), true},
    {"ColorSpace", as(color_space_rule), true},
    {"Background", numbers(1, 32)},
    {"BBox", numbers(4, 4)},
    {"AntiAlias", boolean()},
    {"BitsPerCoordinate", integer(1, 32), true},
    {"BitsPerComponent", integer(1, 16), true},
    {"BitsPerFlag", integer(2, 8)},
    {"VerticesPerRow", integer(2, 1 << 20)},
    {"Decode", numbers(6, 72), true},
    {"Function", functions},
};
constexpr Grammar mesh_grammar{"mesh", mesh_keys, true, mesh_payload};

const Grammar* pick_shading(Walk&, const Object& dictionary) {
    const Object& type = dictionary.dictLookupNF("ShadingType");
    if (!type.isInt()) return nullptr;
    if (type.getInt() == 1) return &plane_grammar;
    return type.getInt() <= 3 ? &gradient_grammar : &mesh_grammar;
}

// Patterns (8.7).
constexpr Key tiling_keys[] = {
    {"Type", name("Pattern")},
    {"PatternType", integer(1, 1), true},
    {"PaintType", integer(1, 2), true},
    {"TilingType", integer(1, 3), true},
    {"BBox", numbers(4, 4), true},
    {"XStep", number(), true},
    {"YStep", number(), true},
    {"Matrix", numbers(6, 6)},
    {"Resources", node(resources_grammar)},
};
constexpr Grammar tiling_grammar{"tiling pattern", tiling_keys, true, content_payload};
constexpr Key shading_pattern_keys[] = {
    {"Type", name("Pattern")}, {"PatternType", integer(2, 2), true},   {"Shading", as(shading_rule), true},
    {"Matrix", numbers(6, 6)}, {"ExtGState", as(graphics_state_rule)},
};
constexpr Grammar shading_pattern_grammar{"shading pattern", shading_pattern_keys};

const Grammar* pick_pattern(Walk&, const Object& dictionary) {
    const Object& type = dictionary.dictLookupNF("PatternType");
    if (!type.isInt()) return nullptr;
    return type.getInt() == 1 ? &tiling_grammar : &shading_pattern_grammar;
}

// Pictures (8.9) and forms (8.10).
extern const Grammar image_grammar;
constexpr Rule mask_options[] = {node(image_grammar), numbers(2, 64)};
constexpr Key image_keys[] = {
    {"Type", name("XObject")},
    {"Subtype", name("Image"), true},
    {"Width", integer(1, INT32_MAX), true},
    {"Height", integer(1, INT32_MAX), true},
    {"ColorSpace", as(color_space_rule)},
    {"BitsPerComponent", integer(1, 16)},
    {"ImageMask", boolean()},
    {"Mask", either(mask_options)},
    {"SMask", node(image_grammar)},
    {"Matte", numbers(1, 32)},
    {"Decode", numbers(2, 64)},
    {"Interpolate", boolean()},
    {"Intent", name("AbsoluteColorimetric RelativeColorimetric Saturation Perceptual")},
    {"OC", as(optional_content_rule)},
};
const Grammar image_grammar{"picture", image_keys, true, image_payload};
constexpr Key form_keys[] = {
    {"Type", name("XObject")},      {"Subtype", name("Form")},         {"FormType", integer(1, 1)},
    {"BBox", numbers(4, 4), true},  {"Matrix", numbers(6, 6)},         {"Resources", node(resources_grammar)},
    {"Group", node(group_grammar)}, {"OC", as(optional_content_rule)},
};

const Grammar* pick_xobject(Walk&, const Object& dictionary) {
    if (dictionary.dictLookupNF("Subtype").isName("Image")) return &image_grammar;
    return dictionary.dictLookupNF("Subtype").isName("Form") ? &form_grammar : nullptr;
}

constexpr Key group_keys[] = {
    {"Type", name("Group")}, {"S", name("Transparency"), true}, {"CS", as(color_space_rule)}, {"I", boolean()},
    {"K", boolean()},
};

// Graphics states (8.4.5).
constexpr Rule transfer_options[] = {name("Identity"), function};
constexpr Key soft_mask_keys[] = {
    {"Type", name("Mask")}, {"S", name("Alpha Luminosity"), true}, {"G", node(form_grammar), true},
    {"BC", numbers(1, 32)}, {"TR", either(transfer_options)},
};
constexpr Grammar soft_mask_grammar{"soft mask", soft_mask_keys};
constexpr Rule soft_mask_options[] = {name("None"), node(soft_mask_grammar)};
constexpr std::string_view blend_modes =
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference "
    "Exclusion Hue Saturation Color Luminosity";
constexpr Rule blend_mode = name(blend_modes);
constexpr Rule blend_options[] = {blend_mode, array(blend_mode, 1, 16)};

Result<> check_dashes(Walk& walk, const Object& value) {
    static constexpr Rule lengths = numbers(0, 64);
    if (!value.isArray() || value.arrayGetLength() != 2 || !value.arrayGetNF(1).isNum())
        return walk.no(Reason::verify_pdf_value);
    return walk.value(value.arrayGetNF(0), lengths);
}

Result<> check_font_and_size(Walk& walk, const Object& value) {
    if (!value.isArray() || value.arrayGetLength() != 2 || !value.arrayGetNF(1).isNum())
        return walk.no(Reason::verify_pdf_value);
    return walk.value(value.arrayGetNF(0), font_rule);
}

constexpr Key state_keys[] = {
    {"Type", name("ExtGState")},
    {"LW", number()},
    {"LC", integer(0, 2)},
    {"LJ", integer(0, 2)},
    {"ML", number()},
    {"D", check(check_dashes)},
    {"RI", name("AbsoluteColorimetric RelativeColorimetric Saturation Perceptual")},
    {"OP", boolean()},
    {"op", boolean()},
    {"OPM", integer(0, 1)},
    {"Font", check(check_font_and_size)},
    {"FL", number()},
    {"SM", number()},
    {"SA", boolean()},
    {"BM", either(blend_options)},
    {"SMask", either(soft_mask_options)},
    {"CA", number()},
    {"ca", number()},
    {"AIS", boolean()},
    {"TK", boolean()},
};
constexpr Grammar state_grammar{"graphics state", state_keys};

constexpr Key resources_keys[] = {
    {"ExtGState", map(graphics_state_rule)},
    {"ColorSpace", map(color_space_rule)},
    {"Pattern", map(pattern_rule)},
    {"Shading", map(shading_rule)},
    {"XObject", map(xobject_rule)},
    {"Font", map(font_rule)},
    {"Properties", map(optional_content_rule)},
    {"ProcSet", array(any_name, 0, 16)},
};

} // namespace

const Grammar resources_grammar{"resources", resources_keys};
const Grammar content_grammar{"page content", {}, true, content_payload};
const Grammar form_grammar{"form", form_keys, true, content_payload};
const Grammar group_grammar{"group", group_keys};
const Rule xobject_rule = choose(pick_xobject);
const Rule pattern_rule = choose(pick_pattern);
const Rule shading_rule = choose(pick_shading);
const Rule function_rule = function;
const Rule graphics_state_rule = node(state_grammar);

} // namespace sekisho::verify
