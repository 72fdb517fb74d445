// Fonts (9.5 to 9.9).
#include <algorithm>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

using namespace rule;

// Readers look up predefined CMaps as files: a name must never be a path.
Result<> check_cmap_name(Walk& walk, const Object& value) {
    if (!value.isName()) return walk.no(Reason::verify_pdf_value);
    const bool plain = std::ranges::all_of(name_of(value), [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
               byte == '-';
    });
    if (!plain) return walk.no(Reason::verify_pdf_value);
    return {};
}

constexpr Key system_keys[] = {
    {"Registry", text(), true},
    {"Ordering", text(), true},
    {"Supplement", integer(0, 64), true},
};
constexpr Grammar system_grammar{"character collection", system_keys};

constexpr Rule cmap_or_name[] = {node(cmap_grammar), check(check_cmap_name)};
constexpr Rule cmap = either(cmap_or_name);
constexpr Key cmap_keys[] = {
    {"Type", name("CMap")},   {"CMapName", name()}, {"CIDSystemInfo", node(system_grammar)},
    {"WMode", integer(0, 1)}, {"UseCMap", cmap},
};

// Font programs.
constexpr Key type1_keys[] = {
    {"Length1", integer(0, many), true},
    {"Length2", integer(0, many), true},
    {"Length3", integer(0, many), true},
};
constexpr Grammar type1_grammar{"Type 1 font program", type1_keys, true, type1_payload};
constexpr Key truetype_keys[] = {{"Length1", integer(0, INT32_MAX)}};
constexpr Grammar truetype_grammar{"TrueType font program", truetype_keys, true, truetype_payload};
constexpr Key compact_keys[] = {{"Subtype", name("Type1C CIDFontType0C OpenType"), true}};
constexpr Grammar compact_grammar{"compact font program", compact_keys, true, compact_font_payload};

constexpr Key style_keys[] = {{"Panose", text()}};
constexpr Grammar style_grammar{"font style", style_keys};
constexpr Key descriptor_keys[] = {
    {"Type", name("FontDescriptor")},
    {"FontName", name()},
    {"FontFamily", text()},
    {"FontStretch",
     name("UltraCondensed ExtraCondensed Condensed SemiCondensed Normal SemiExpanded Expanded ExtraExpanded "
          "UltraExpanded")},
    {"FontWeight", number()},
    {"Flags", integer(INT32_MIN, INT32_MAX)},
    {"FontBBox", numbers(4, 4)},
    {"ItalicAngle", number()},
    {"Ascent", number()},
    {"Descent", number()},
    {"Leading", number()},
    {"CapHeight", number()},
    {"XHeight", number()},
    {"StemV", number()},
    {"StemH", number()},
    {"AvgWidth", number()},
    {"MaxWidth", number()},
    {"MissingWidth", number()},
    {"CharSet", text()},
    {"Style", node(style_grammar)},
    {"Lang", name()},
    {"FontFile", node(type1_grammar)},
    {"FontFile2", node(truetype_grammar)},
    {"FontFile3", node(compact_grammar)},
};
constexpr Grammar descriptor_grammar{"font descriptor", descriptor_keys};

Result<> check_differences(Walk& walk, const Object& value) {
    if (!value.isArray() || value.arrayGetLength() > 4096) return walk.no(Reason::verify_pdf_value);
    for (int i = 0; i < value.arrayGetLength(); ++i)
        if (!value.arrayGetNF(i).isInt() && !value.arrayGetNF(i).isName()) return walk.no(Reason::verify_pdf_value);
    return {};
}

constexpr std::string_view encodings = "MacRomanEncoding MacExpertEncoding WinAnsiEncoding StandardEncoding";
constexpr Key encoding_keys[] = {
    {"Type", name("Encoding")},
    {"BaseEncoding", name(encodings)},
    {"Differences", check(check_differences)},
};
constexpr Grammar encoding_grammar{"encoding", encoding_keys};
constexpr Rule encoding_options[] = {node(encoding_grammar), name(encodings)};

constexpr Rule to_unicode_options[] = {node(cmap_grammar), name("Identity-H Identity-V")};
constexpr Rule to_unicode = either(to_unicode_options);

constexpr Key simple_keys[] = {
    {"Type", name("Font")},
    {"Subtype", name("Type1 MMType1 TrueType"), true},
    {"BaseFont", name(), true},
    {"FirstChar", integer(0, 255)},
    {"LastChar", integer(0, 255)},
    {"Widths", numbers(0, 256)},
    {"FontDescriptor", node(descriptor_grammar)},
    {"Encoding", either(encoding_options)},
    {"ToUnicode", to_unicode},
};
constexpr Grammar simple_grammar{"font", simple_keys};

constexpr Rule glyph = node(content_grammar);
constexpr Key type3_keys[] = {
    {"Type", name("Font")},
    {"Subtype", name("Type3"), true},
    {"Name", name()},
    {"FontBBox", numbers(4, 4), true},
    {"FontMatrix", numbers(6, 6), true},
    {"CharProcs", map(glyph), true},
    {"Encoding", either(encoding_options), true},
    {"FirstChar", integer(0, 255)},
    {"LastChar", integer(0, 255)},
    {"Widths", numbers(0, 256)},
    {"FontDescriptor", node(descriptor_grammar)},
    {"Resources", node(resources_grammar)},
    {"ToUnicode", to_unicode},
};
constexpr Grammar type3_grammar{"Type 3 font", type3_keys};

// W and W2: numbers, and arrays of numbers.
Result<> check_widths(Walk& walk, const Object& value) {
    static constexpr Rule list = numbers(0, 1 << 17);
    if (!value.isArray()) return walk.no(Reason::verify_pdf_value);
    for (int i = 0; i < value.arrayGetLength(); ++i) {
        const Object& item = value.arrayGetNF(i);
        if (!item.isNum()) TRY(walk.value(item, list));
    }
    return {};
}

constexpr Grammar glyph_map_grammar{"glyph map", {}, true, glyph_map_payload};
constexpr Rule glyph_map_options[] = {name("Identity"), node(glyph_map_grammar)};
constexpr Key descendant_keys[] = {
    {"Type", name("Font")},
    {"Subtype", name("CIDFontType0 CIDFontType2"), true},
    {"BaseFont", name(), true},
    {"CIDSystemInfo", node(system_grammar), true},
    {"FontDescriptor", node(descriptor_grammar)},
    {"DW", number()},
    {"W", check(check_widths)},
    {"DW2", numbers(2, 2)},
    {"W2", check(check_widths)},
    {"CIDToGIDMap", either(glyph_map_options)},
};
constexpr Grammar descendant_grammar{"CID font", descendant_keys};
constexpr Rule descendant = node(descendant_grammar);
constexpr Key composite_keys[] = {
    {"Type", name("Font")},
    {"Subtype", name("Type0"), true},
    {"BaseFont", name(), true},
    {"Encoding", cmap, true},
    {"DescendantFonts", array(descendant, 1, 1), true},
    {"ToUnicode", to_unicode},
};
constexpr Grammar composite_grammar{"composite font", composite_keys};

const Grammar* pick_font(Walk&, const Object& dictionary) {
    const Object& subtype = dictionary.dictLookupNF("Subtype");
    if (subtype.isName("Type0")) return &composite_grammar;
    return subtype.isName("Type3") ? &type3_grammar : &simple_grammar;
}

} // namespace

const Grammar cmap_grammar{"CMap", cmap_keys, true, cmap_payload};
const Rule font_rule = choose(pick_font);

} // namespace sekisho::verify
