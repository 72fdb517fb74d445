#include "sanitizer/formats/pdf/grammar.h"

#include <algorithm>
#include <array>

namespace sekisho::pdf {

namespace {

using enum Kind;

// Section numbers are those of ISO 32000-1.
constexpr auto resources_rules = std::to_array<Rule>({// 7.8.3
                                                      {"ExtGState", map_ext_gstate},
                                                      {"ColorSpace", map_color_space},
                                                      {"Pattern", map_pattern},
                                                      {"Shading", map_shading},
                                                      {"XObject", map_xobject},
                                                      {"Font", map_font},
                                                      {"Properties", map_property}});
constexpr auto ext_gstate_rules =
    std::to_array<Rule>({// 8.4.5; halftones and black generation only concern printing plates
                         {"LW", number},
                         {"LC", integer},
                         {"LJ", integer},
                         {"ML", number},
                         {"D", dash},
                         {"RI", name},
                         {"OP", boolean},
                         {"op", boolean},
                         {"OPM", integer},
                         {"Font", font_size},
                         {"FL", number},
                         {"SM", number},
                         {"SA", boolean},
                         {"BM", blend},
                         {"SMask", soft_mask_or_none},
                         {"CA", number},
                         {"ca", number},
                         {"AIS", boolean},
                         {"TK", boolean}});
constexpr auto soft_mask_rules =
    std::to_array<Rule>({{"S", name}, {"G", form}, {"BC", numbers}, {"TR", transfer}});                  // 11.6.5.2
constexpr auto group_rules = std::to_array<Rule>({{"CS", color_space}, {"I", boolean}, {"K", boolean}}); // 11.6.6
constexpr auto font_rules = std::to_array<Rule>({                                                        // 9.6.2
                                                 {"Subtype", name},
                                                 {"BaseFont", name},
                                                 {"FirstChar", integer},
                                                 {"LastChar", integer},
                                                 {"Widths", char_widths},
                                                 {"FontDescriptor", descriptor},
                                                 {"Encoding", encoding},
                                                 {"ToUnicode", to_unicode}});
constexpr auto font_type0_rules = std::to_array<Rule>({// 9.7.6
                                                       {"BaseFont", name},
                                                       {"Encoding", cmap_or_name},
                                                       {"DescendantFonts", descendants},
                                                       {"ToUnicode", to_unicode}});
constexpr auto font_type3_rules = std::to_array<Rule>({// 9.6.5
                                                       {"FontBBox", rectangle},
                                                       {"FontMatrix", matrix},
                                                       {"CharProcs", map_glyph},
                                                       {"Encoding", encoding},
                                                       {"FirstChar", integer},
                                                       {"LastChar", integer},
                                                       {"Widths", char_widths},
                                                       {"FontDescriptor", descriptor},
                                                       {"Resources", resources},
                                                       {"ToUnicode", to_unicode}});
constexpr auto cid_font_rules = std::to_array<Rule>({// 9.7.4
                                                     {"Subtype", name},
                                                     {"BaseFont", name},
                                                     {"CIDSystemInfo", cid_system},
                                                     {"FontDescriptor", descriptor},
                                                     {"DW", number},
                                                     {"W", widths},
                                                     {"DW2", numbers},
                                                     {"W2", widths},
                                                     {"CIDToGIDMap", gid_map_or_name}});
constexpr auto cid_system_rules =
    std::to_array<Rule>({{"Registry", text}, {"Ordering", text}, {"Supplement", integer}});
constexpr auto descriptor_rules = std::to_array<Rule>(
    {// 9.8; the program itself is added by the walk
     {"FontName", name},       {"FontFamily", text},    {"FontStretch", name},   {"FontWeight", number},
     {"Flags", integer},       {"FontBBox", rectangle}, {"ItalicAngle", number}, {"Ascent", number},
     {"Descent", number},      {"Leading", number},     {"CapHeight", number},   {"XHeight", number},
     {"StemV", number},        {"StemH", number},       {"AvgWidth", number},    {"MaxWidth", number},
     {"MissingWidth", number}, {"CharSet", text},       {"Style", font_style},   {"Lang", name}});
constexpr auto font_style_rules = std::to_array<Rule>({{"Panose", text}});
constexpr auto calibrated_rules = std::to_array<Rule>({// 8.6.5
                                                       {"WhitePoint", numbers},
                                                       {"BlackPoint", numbers},
                                                       {"Gamma", number_or_numbers},
                                                       {"Matrix", numbers},
                                                       {"Range", numbers}});
constexpr auto shading_rules = std::to_array<Rule>({// 8.7.4.5
                                                    {"ShadingType", integer},
                                                    {"ColorSpace", color_space},
                                                    {"Background", numbers},
                                                    {"BBox", rectangle},
                                                    {"AntiAlias", boolean},
                                                    {"Domain", numbers},
                                                    {"Matrix", matrix},
                                                    {"Function", functions},
                                                    {"Coords", numbers},
                                                    {"Extend", booleans},
                                                    {"BitsPerCoordinate", integer},
                                                    {"BitsPerComponent", integer},
                                                    {"BitsPerFlag", integer},
                                                    {"Decode", numbers},
                                                    {"VerticesPerRow", integer}});
constexpr auto pattern_shading_rules =
    std::to_array<Rule>({{"Shading", shading}, {"Matrix", matrix}, {"ExtGState", ext_gstate}});
constexpr auto pattern_tiling_rules = std::to_array<Rule>({// 8.7.3
                                                           {"PaintType", integer},
                                                           {"TilingType", integer},
                                                           {"BBox", rectangle},
                                                           {"XStep", number},
                                                           {"YStep", number},
                                                           {"Matrix", matrix}});
constexpr auto form_rules = std::to_array<Rule>({// 8.10
                                                 {"BBox", rectangle},
                                                 {"Matrix", matrix},
                                                 {"Group", group},
                                                 {"OC", optional_content}});
constexpr auto image_rules = std::to_array<Rule>({// 8.9.5; size, depth and colour are added by the picture encoder
                                                  {"Intent", name},
                                                  {"Interpolate", boolean},
                                                  {"SMask", image},
                                                  {"Mask", mask},
                                                  {"Matte", numbers},
                                                  {"OC", optional_content}});
constexpr auto sampled_rules = std::to_array<Rule>({// 7.10.2
                                                    {"Domain", numbers},
                                                    {"Range", numbers},
                                                    {"Size", numbers},
                                                    {"BitsPerSample", integer},
                                                    {"Order", integer},
                                                    {"Encode", numbers},
                                                    {"Decode", numbers}});
constexpr auto exponential_rules =
    std::to_array<Rule>({{"Domain", numbers}, {"Range", numbers}, {"C0", numbers}, {"C1", numbers}, {"N", number}});
constexpr auto stitching_rules = std::to_array<Rule>(
    {{"Domain", numbers}, {"Range", numbers}, {"Functions", functions}, {"Bounds", numbers}, {"Encode", numbers}});
constexpr auto calculator_rules = std::to_array<Rule>({{"Domain", numbers}, {"Range", numbers}});
constexpr auto icc_rules = std::to_array<Rule>({{"Range", numbers}});
constexpr auto layer_rules = std::to_array<Rule>({{"Name", text}, {"Intent", name_or_names}}); // 8.11.2
constexpr auto membership_rules = std::to_array<Rule>({{"OCGs", layer_or_layers}, {"P", name}, {"VE", visibility}});
constexpr auto configuration_rules = std::to_array<Rule>({// 8.11.4.3
                                                          {"Name", text},
                                                          {"BaseState", name},
                                                          {"ON", layers},
                                                          {"OFF", layers},
                                                          {"Intent", name_or_names},
                                                          {"Order", layer_order},
                                                          {"ListMode", name},
                                                          {"RBGroups", layer_groups},
                                                          {"Locked", layers}});
constexpr auto layer_properties_rules = std::to_array<Rule>({{"OCGs", layers}, {"D", layer_configuration}});
constexpr auto output_intent_rules = std::to_array<Rule>({// 14.11.5
                                                          {"S", name},
                                                          {"OutputCondition", text},
                                                          {"OutputConditionIdentifier", text},
                                                          {"Info", text},
                                                          {"DestOutputProfile", icc}});

constexpr auto rows = std::to_array<Row>({
    {resources, "", resources_rules},
    {ext_gstate, "", ext_gstate_rules},
    {soft_mask, "", soft_mask_rules},
    {group, "/S/Transparency", group_rules},
    {font, "/Type/Font", font_rules},
    {font_type0, "/Type/Font/Subtype/Type0", font_type0_rules},
    {font_type3, "/Type/Font/Subtype/Type3", font_type3_rules},
    {cid_font, "/Type/Font", cid_font_rules},
    {cid_system, "", cid_system_rules},
    {descriptor, "/Type/FontDescriptor", descriptor_rules},
    {font_style, "", font_style_rules},
    {calibrated, "", calibrated_rules},
    {shading_dictionary, "", shading_rules},
    {shading_stream, "", shading_rules},
    {pattern_shading, "/PatternType 2", pattern_shading_rules},
    {pattern_tiling, "/PatternType 1", pattern_tiling_rules},
    {form, "/Type/XObject/Subtype/Form", form_rules},
    {image, "/Type/XObject/Subtype/Image", image_rules},
    {function_sampled, "/FunctionType 0", sampled_rules},
    {function_exponential, "/FunctionType 2", exponential_rules},
    {function_stitching, "/FunctionType 3", stitching_rules},
    {function_calculator, "/FunctionType 4", calculator_rules},
    {icc, "", icc_rules},
    {layer, "/Type/OCG", layer_rules},
    {layer_membership, "/Type/OCMD", membership_rules},
    {layer_configuration, "", configuration_rules},
    {layer_properties, "", layer_properties_rules},
    {output_intent, "/Type/OutputIntent", output_intent_rules},
});

struct Meaning {
    std::string_view key;
    Finding finding;
};

constexpr auto meanings = std::to_array<Meaning>({
    {"AA", Finding::pdf_additional_action},
    {"AF", Finding::pdf_attachment},
    {"Alternates", Finding::pdf_unlisted},
    {"FDecodeParms", Finding::pdf_external_stream},
    {"FFilter", Finding::pdf_external_stream},
    {"JS", Finding::pdf_javascript},
    {"LastModified", Finding::pdf_metadata},
    {"Metadata", Finding::pdf_metadata},
    {"OPI", Finding::pdf_postscript},
    {"PS", Finding::pdf_postscript},
    {"PieceInfo", Finding::pdf_metadata},
    {"Ref", Finding::pdf_postscript},
    {"Thumb", Finding::pdf_metadata},
});
static_assert(std::ranges::is_sorted(meanings, {}, &Meaning::key));

// Keys that carry nothing of their own: syntax, things that are worked out anew, and settings of printing plates.
constexpr auto silent = std::to_array<std::string_view>({"BG",
                                                         "BG2",
                                                         "BitsPerComponent",
                                                         "CIDSet",
                                                         "ColorSpace",
                                                         "DL",
                                                         "Decode",
                                                         "DecodeParms",
                                                         "Filter",
                                                         "FontFile",
                                                         "FontFile2",
                                                         "FontFile3",
                                                         "FormType",
                                                         "FunctionType",
                                                         "HT",
                                                         "Height",
                                                         "ID",
                                                         "ImageMask",
                                                         "Length",
                                                         "Length1",
                                                         "Length2",
                                                         "Length3",
                                                         "N",
                                                         "Name",
                                                         "Parent",
                                                         "PatternType",
                                                         "ProcSet",
                                                         "Resources",
                                                         "S",
                                                         "SMaskInData",
                                                         "StructParent",
                                                         "StructParents",
                                                         "Subtype",
                                                         "TR",
                                                         "TR2",
                                                         "Type",
                                                         "UCR",
                                                         "UCR2",
                                                         "Usage",
                                                         "Width"});
static_assert(std::ranges::is_sorted(silent));

} // namespace

const Row* row_of(Kind kind) {
    const auto at = std::ranges::find(rows, kind, &Row::kind);
    return at == rows.end() ? nullptr : &*at;
}

Finding finding_for_key(std::string_view key) {
    if (std::ranges::binary_search(silent, key)) return Finding::none;
    const auto at = std::ranges::lower_bound(meanings, key, {}, &Meaning::key);
    return at != meanings.end() && at->key == key ? at->finding : Finding::pdf_unlisted;
}

bool map_item(Kind map, Kind& item) {
    switch (map) {
    case map_ext_gstate:
        item = ext_gstate;
        return true;
    case map_color_space:
        item = color_space;
        return true;
    case map_pattern:
        item = pattern;
        return true;
    case map_shading:
        item = shading;
        return true;
    case map_xobject:
        item = xobject;
        return true;
    case map_font:
        item = font;
        return true;
    case map_property:
        item = property;
        return true;
    case map_glyph:
        item = glyph;
        return true;
    default:
        return false;
    }
}

} // namespace sekisho::pdf
