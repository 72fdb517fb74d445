// Form fields that can be filled in (12.7), and nothing that happens when they are.
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

using namespace rule;

constexpr int bit(int position) {
    return 1 << (position - 1);
}
// Of tables 221, 226, 228 and 230: no push button (17), no file selection (21), no rich text (26).
constexpr int flags_allowed = bit(1) | bit(2) | bit(3) | bit(13) | bit(14) | bit(15) | bit(16) | bit(18) | bit(19) |
                              bit(20) | bit(22) | bit(23) | bit(24) | bit(25);

Result<> check_flags(Walk& walk, const Object& value) {
    if (value.isInt() && (value.getInt() & ~flags_allowed) == 0) return {};
    return walk.no(Reason::verify_pdf_value);
}

// A piece of page content that sets font and colour.
Result<> check_look(Walk& walk, const Object& value) {
    if (!value.isString() || text_of(value).size() > 256) return walk.no(Reason::verify_pdf_value);
    return check_operators(as_view(text_of(value)));
}

constexpr Rule look = node(form_grammar);
constexpr Rule look_or_looks[] = {look, map(look)};
constexpr Key appearance_keys[] = {{"N", either(look_or_looks), true}};
constexpr Grammar appearance_grammar{"field appearance", appearance_keys};

constexpr Key characteristics_keys[] = {
    {"BC", numbers(0, 4)},
    {"BG", numbers(0, 4)},
    {"CA", text()},
    {"R", integer(-many, many)},
};
constexpr Grammar characteristics_grammar{"field characteristics", characteristics_keys};

constexpr Key widget_keys[] = {
    {"Type", name("Annot"), true},
    {"Subtype", name("Widget"), true},
    {"Rect", numbers(4, 4), true},
    {"Parent", link(), true},
    {"F", integer(4, 4), true},
    {"AP", node(appearance_grammar)},
    {"AS", name()},
    {"MK", node(characteristics_grammar)},
    {"BS", as(border_style_rule)},
};
constexpr Rule widget = node(widget_grammar);

constexpr Rule any_text = text();
constexpr Rule value_options[] = {text(), name(), array(any_text)};
constexpr Rule pair_or_text[] = {text(), array(any_text, 2, 2)};
constexpr Rule option = either(pair_or_text);
constexpr Key field_keys[] = {
    {"FT", name("Tx Ch Btn"), true},   {"T", text(), true},          {"TU", text()},
    {"Ff", check(check_flags)},        {"V", either(value_options)}, {"Opt", array(option)},
    {"MaxLen", integer(0, INT32_MAX)}, {"Q", integer(1, 2)},         {"DA", check(check_look)},
    {"Kids", array(widget, 1), true},
};
constexpr Grammar field_grammar{"field", field_keys};
constexpr Rule field = node(field_grammar);

constexpr Rule fonts = map(font_rule);
constexpr Key resources_keys[] = {{"Font", fonts, true}};
constexpr Grammar resources{"field fonts", resources_keys};
constexpr Key form_keys[] = {
    {"Fields", array(field, 1), true},
    {"DR", node(resources), true},
    {"DA", check(check_look), true},
};
constexpr Grammar fields_grammar{"form", form_keys};

} // namespace

const Grammar widget_grammar{"widget", widget_keys};
const Rule fields_rule = node(fields_grammar);

} // namespace sekisho::verify
