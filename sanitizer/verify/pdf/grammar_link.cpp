// Destinations, actions and annotations.
#include <algorithm>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

using namespace rule;

constexpr std::size_t longest_target = 8192;

char lower(char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
}

// RFC 3986: a scheme that a browser or a mail program opens, in plain printable ASCII.
bool is_safe_target(std::string_view target) {
    static constexpr std::string_view schemes[] = {"http:", "https:", "mailto:", "tel:"};
    if (target.size() > longest_target) return false;
    if (std::ranges::any_of(target, [](char byte) { return byte <= ' ' || byte > '~' || byte == '\\' || byte == '"'; }))
        return false;
    std::string start(target.substr(0, 8));
    std::ranges::transform(start, start.begin(), lower);
    return std::ranges::any_of(
        schemes, [&](std::string_view scheme) { return start.starts_with(scheme) && target.size() > scheme.size(); });
}

Result<> check_target(Walk& walk, const Object& value) {
    if (value.isString() && is_safe_target(text_of(value))) return {};
    return walk.no(Reason::verify_pdf_action);
}

// [page /XYZ left top zoom] and its kin (ISO 32000-1, table 151), only to a page of this file.
Result<> check_explicit_destination(Walk& walk, const Object& value) {
    static constexpr Rule kind = name("XYZ Fit FitH FitV FitR FitB FitBH FitBV");
    const int count = value.arrayGetLength();
    if (count < 2 || count > 6) return walk.no(Reason::verify_pdf_value);
    const Object& page = value.arrayGetNF(0);
    if (!page.isRef() || !walk.is_page(page.getRefNum())) return walk.no(Reason::verify_pdf_action);
    TRY(walk.value(value.arrayGetNF(1), kind));
    for (int i = 2; i < count; ++i)
        if (!value.arrayGetNF(i).isNum() && !value.arrayGetNF(i).isNull()) return walk.no(Reason::verify_pdf_value);
    return {};
}

Result<> check_destination(Walk& walk, const Object& value) {
    if (value.isName() || value.isString()) return {};
    if (value.isArray()) return check_explicit_destination(walk, value);
    return walk.no(Reason::verify_pdf_value);
}

// What a destination's name stands for: an array, or a dictionary with it.
Result<> check_array(Walk& walk, const Object& value) {
    if (!value.isArray()) return walk.no(Reason::verify_pdf_value);
    return check_explicit_destination(walk, value);
}
constexpr Key named_keys[] = {{"D", check(check_array), true}};
constexpr Grammar named_grammar{"named destination", named_keys};
constexpr Rule named_options[] = {node(named_grammar), check(check_array)};
constexpr Rule named = either(named_options);

// A name tree (7.9.6): pairs of text and value, or kids.
Result<> check_pairs(Walk& walk, const Object& value) {
    if (!value.isArray() || value.arrayGetLength() % 2 != 0) return walk.no(Reason::verify_pdf_value);
    for (int i = 0; i < value.arrayGetLength(); i += 2) {
        if (!value.arrayGetNF(i).isString()) return walk.no(Reason::verify_pdf_value);
        TRY(walk.value(value.arrayGetNF(i + 1), named));
    }
    return {};
}

extern const Grammar tree_grammar;
constexpr Rule tree = node(tree_grammar);
constexpr Rule any_text = text();
constexpr Key tree_keys[] = {
    {"Names", check(check_pairs)},
    {"Kids", array(tree)},
    {"Limits", array(any_text, 2, 2)},
};
const Grammar tree_grammar{"name tree", tree_keys};

// Actions: only these three.
constexpr Key target_keys[] = {
    {"Type", name("Action")},
    {"S", name("URI"), true},
    {"URI", check(check_target), true},
};
constexpr Grammar target_grammar{"link action", target_keys};
constexpr Key jump_keys[] = {
    {"Type", name("Action")},
    {"S", name("GoTo"), true},
    {"D", check(check_destination), true},
};
constexpr Grammar jump_grammar{"jump action", jump_keys};

Result<> check_command(Walk& walk, const Object& value) {
    static constexpr Rule turns_page = name("NextPage PrevPage FirstPage LastPage");
    return walk.value(value, turns_page) ? Result<>() : walk.no(Reason::verify_pdf_action);
}

// Commands that turn pages.
constexpr Key command_keys[] = {
    {"S", name("Named"), true},
    {"N", check(check_command), true},
};
constexpr Grammar command_grammar{"command", command_keys};

Result<> check_action(Walk& walk, const Object& value) {
    static constexpr Rule command = node(command_grammar);
    static constexpr Rule target = node(target_grammar);
    static constexpr Rule jump = node(jump_grammar);
    if (value.isDict() && value.dictLookupNF("S").isName("URI")) return walk.value(value, target);
    if (value.isDict() && value.dictLookupNF("S").isName("GoTo")) return walk.value(value, jump);
    if (value.isDict() && value.dictLookupNF("S").isName("Named")) return walk.value(value, command);
    return walk.no(Reason::verify_pdf_action);
}

// On opening, a jump within the file is all that may happen.
Result<> check_open_action(Walk& walk, const Object& value) {
    static constexpr Rule jump = node(jump_grammar);
    if (value.isArray()) return check_explicit_destination(walk, value);
    if (value.isDict() && value.dictLookupNF("S").isName("GoTo")) return walk.value(value, jump);
    return walk.no(Reason::verify_pdf_action);
}

// Annotations that only show something.
constexpr Key appearance_keys[] = {{"N", node(form_grammar), true}};
constexpr Grammar appearance_grammar{"appearance", appearance_keys};

Result<> check_border(Walk& walk, const Object& value) {
    static constexpr Rule dashes = numbers(0, 16);
    if (!value.isArray() || value.arrayGetLength() < 3 || value.arrayGetLength() > 4)
        return walk.no(Reason::verify_pdf_value);
    for (int i = 0; i < 3; ++i)
        if (!value.arrayGetNF(i).isNum()) return walk.no(Reason::verify_pdf_value);
    return walk.values(value, 3, dashes);
}

constexpr Key border_keys[] = {
    {"W", number()},
    {"S", name("S D B I U")},
    {"D", numbers(0, 16)},
};
constexpr Grammar border_grammar{"border", border_keys};

constexpr Key link_keys[] = {
    {"Type", name("Annot")},          {"Subtype", name("Link"), true},    {"Rect", numbers(4, 4), true},
    {"A", check(check_action)},       {"Dest", check(check_destination)}, {"H", name("N I O P")},
    {"Border", check(check_border)},  {"BS", node(border_grammar)},       {"C", numbers(0, 4)},
    {"QuadPoints", numbers(0, many)}, {"F", integer(0, INT32_MAX)},       {"AP", node(appearance_grammar)},
};
constexpr Grammar link_grammar{"link", link_keys};

constexpr Rule stroke = numbers(0, many);
constexpr std::string_view line_ends =
    "Square Circle Diamond OpenArrow ClosedArrow None Butt ROpenArrow RClosedArrow Slash";
constexpr Rule line_end = name(line_ends);
constexpr Rule line_end_options[] = {line_end, array(line_end, 1, 2)};
constexpr Key drawn_keys[] = {
    {"Type", name("Annot")},
    {"Subtype",
     name("Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink"),
     true},
    {"Rect", numbers(4, 4), true},
    {"AP", node(appearance_grammar)},
    {"F", integer(0, INT32_MAX)},
    {"OC", as(optional_content_rule)},
    {"Contents", text()},
    {"T", text()},
    {"Name", name()},
    {"C", numbers(0, 4)},
    {"IC", numbers(0, 4)},
    {"CA", number()},
    {"Border", check(check_border)},
    {"BS", node(border_grammar)},
    {"QuadPoints", numbers(0, many)},
    {"L", numbers(4, 4)},
    {"LE", either(line_end_options)},
    {"Vertices", numbers(0, many)},
    {"InkList", array(stroke)},
};
constexpr Grammar drawn_grammar{"annotation", drawn_keys};

const Grammar* pick_annotation(Walk&, const Object& dictionary) {
    if (dictionary.dictLookupNF("Subtype").isName("Widget")) return &widget_grammar;
    return dictionary.dictLookupNF("Subtype").isName("Link") ? &link_grammar : &drawn_grammar;
}

} // namespace

const Rule destination_rule = check(check_destination);
const Rule named_destinations_rule = map(named);
const Rule name_tree_rule = tree;
const Rule action_rule = check(check_action);
const Rule open_action_rule = check(check_open_action);
const Rule border_style_rule = node(border_grammar);
const Rule annotation_rule = choose(pick_annotation);

} // namespace sekisho::verify
