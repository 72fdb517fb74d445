// Trailer, catalog, pages, bookmarks, page labels, layers.
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

using namespace rule;

// Layers (optional content): which exist and which are shown at first.
constexpr Rule any_name = name();
constexpr Rule name_or_names[] = {name(), array(any_name, 1, 8)};
constexpr Key group_keys[] = {
    {"Type", name("OCG"), true},
    {"Name", text(), true},
    {"Intent", either(name_or_names)},
};
constexpr Grammar layer_grammar{"layer", group_keys};
constexpr Rule layer = node(layer_grammar);
constexpr Rule layer_or_layers[] = {layer, array(layer)};
// Visibility expressions: [/And ...], [/Or ...], [/Not ...] of layers and expressions (8.11.2.2).
Result<> check_visibility(Walk& walk, const Object& value) {
    static constexpr Rule operation = name("And Or Not");
    static constexpr Rule expression = check(check_visibility);
    if (value.isDict()) return walk.value(value, layer);
    if (!value.isArray() || value.arrayGetLength() < 1) return walk.no(Reason::verify_pdf_value);
    TRY(walk.value(value.arrayGetNF(0), operation));
    return walk.values(value, 1, expression);
}

constexpr Key membership_keys[] = {
    {"Type", name("OCMD"), true},
    {"OCGs", either(layer_or_layers)},
    {"P", name("AllOn AnyOn AnyOff AllOff")},
    {"VE", check(check_visibility)},
};
constexpr Grammar membership_grammar{"layer membership", membership_keys};

const Grammar* pick_layer(Walk&, const Object& dictionary) {
    return dictionary.dictIs("OCMD") ? &membership_grammar : &layer_grammar;
}

// Order: layers, labels and arrays of them.
Result<> check_order(Walk& walk, const Object& value);
constexpr Rule order = check(check_order);

Result<> check_order(Walk& walk, const Object& value) {
    if (value.isArray()) return walk.values(value, 0, order);
    if (value.isString()) return {};
    return walk.value(value, layer);
}

constexpr Rule layers = array(layer);
constexpr Rule order_array = array(order);
constexpr Key configuration_keys[] = {
    {"Name", text()},
    {"BaseState", name("ON OFF Unchanged")},
    {"ON", layers},
    {"OFF", layers},
    {"Locked", layers},
    {"Intent", either(name_or_names)},
    {"ListMode", name("AllPages VisiblePages")},
    {"Order", order_array},
    {"RBGroups", array(layers)},
};
constexpr Grammar configuration_grammar{"layer configuration", configuration_keys};
constexpr Key layer_properties_keys[] = {
    {"OCGs", layers, true},
    {"D", node(configuration_grammar), true},
};
constexpr Grammar layer_properties_grammar{"layers", layer_properties_keys};

// Bookmarks.
extern const Grammar bookmark_grammar;
constexpr Rule bookmark = node(bookmark_grammar);

constexpr Key bookmark_keys[] = {
    {"Title", text(), true},
    {"Parent", link(), true},
    {"Prev", link()},
    {"Next", bookmark},
    {"First", bookmark},
    {"Last", link()},
    {"Count", integer(-many, many)},
    {"Dest", as(destination_rule)},
    {"A", as(action_rule)},
    {"C", numbers(3, 3)},
    {"F", integer(0, 3)},
};
const Grammar bookmark_grammar{"bookmark", bookmark_keys};
constexpr Key outlines_keys[] = {
    {"Type", name("Outlines")},
    {"First", bookmark},
    {"Last", link()},
    {"Count", integer(-many, many)},
};
constexpr Grammar outlines_grammar{"bookmarks", outlines_keys};

// Page labels: a number tree.
constexpr Key label_keys[] = {
    {"Type", name("PageLabel")},
    {"S", name("D R r A a")},
    {"P", text()},
    {"St", integer(1, many)},
};
constexpr Grammar label_grammar{"page label", label_keys};
constexpr Rule label = node(label_grammar);

Result<> check_labels(Walk& walk, const Object& value) {
    if (!value.isArray() || value.arrayGetLength() % 2 != 0) return walk.no(Reason::verify_pdf_value);
    for (int i = 0; i < value.arrayGetLength(); i += 2) {
        if (!value.arrayGetNF(i).isInt()) return walk.no(Reason::verify_pdf_value);
        TRY(walk.value(value.arrayGetNF(i + 1), label));
    }
    return {};
}

extern const Grammar label_tree_grammar;
constexpr Rule label_tree = node(label_tree_grammar);
constexpr Key label_tree_keys[] = {
    {"Nums", check(check_labels)},
    {"Kids", array(label_tree)},
    {"Limits", numbers(2, 2)},
};
const Grammar label_tree_grammar{"page labels", label_tree_keys};

// Pages.
constexpr Rule content = node(content_grammar);
constexpr Rule content_or_contents[] = {content, array(content)};
constexpr Rule box = numbers(4, 4);

extern const Grammar pages_grammar;
const Grammar* pick_page(Walk&, const Object& dictionary) {
    return dictionary.dictIs("Page") ? &page_grammar : &pages_grammar;
}
constexpr Rule page_or_pages = choose(pick_page);
constexpr Key pages_keys[] = {
    {"Type", name("Pages"), true},
    {"Parent", link()},
    {"Kids", array(page_or_pages), true},
    {"Count", integer(0, many), true},
    {"Resources", node(resources_grammar)},
    {"MediaBox", box},
    {"CropBox", box},
    {"Rotate", integer(-many, many)},
};
const Grammar pages_grammar{"pages", pages_keys};
constexpr Key page_keys[] = {
    {"Type", name("Page"), true},
    {"Parent", link(), true},
    {"Resources", node(resources_grammar)},
    {"MediaBox", box},
    {"CropBox", box},
    {"BleedBox", box},
    {"TrimBox", box},
    {"ArtBox", box},
    {"Rotate", integer(-many, many)},
    {"UserUnit", number()},
    {"Contents", either(content_or_contents)},
    {"Group", node(group_grammar)},
    {"Annots", array(annotation_rule)},
    {"StructParents", integer(0, many)},
    {"Tabs", name("R C S")},
};

// Catalog and trailer.
constexpr Key names_keys[] = {{"Dests", as(name_tree_rule)}, {"EmbeddedFiles", as(attachments_rule)}};
constexpr Grammar names_grammar{"names", names_keys};
// What colours were prepared for (14.11.5).
constexpr Key intent_keys[] = {
    {"Type", name("OutputIntent"), true},  {"S", name(), true}, {"OutputCondition", text()},
    {"OutputConditionIdentifier", text()}, {"Info", text()},    {"DestOutputProfile", as(color_profile_rule)},
};
constexpr Grammar intent_grammar{"output intent", intent_keys};
constexpr Rule intent = node(intent_grammar);
constexpr Key preferences_keys[] = {
    {"CenterWindow", boolean()},
    {"Direction", name("L2R R2L")},
    {"DisplayDocTitle", boolean()},
    {"Duplex", name("Simplex DuplexFlipShortEdge DuplexFlipLongEdge")},
    {"FitWindow", boolean()},
    {"PickTrayByPDFSize", boolean()},
    {"PrintScaling", name("None AppDefault")},
};
constexpr Grammar preferences_grammar{"viewer preferences", preferences_keys};
constexpr Key mark_info_keys[] = {{"Marked", boolean(), true}};
constexpr Grammar mark_info_grammar{"mark info", mark_info_keys};
constexpr Key catalog_keys[] = {
    {"Type", name("Catalog"), true},
    {"Version", name("1.0 1.1 1.2 1.3 1.4 1.5 1.6 1.7")},
    {"Pages", node(pages_grammar), true},
    {"Outlines", node(outlines_grammar)},
    {"PageLabels", label_tree},
    {"Dests", as(named_destinations_rule)},
    {"Names", node(names_grammar)},
    {"OCProperties", node(layer_properties_grammar)},
    {"PageMode", name("UseNone UseOutlines UseThumbs UseOC")},
    {"PageLayout", name("SinglePage OneColumn TwoColumnLeft TwoColumnRight TwoPageLeft TwoPageRight")},
    {"Lang", text()},
    {"OpenAction", as(open_action_rule)},
    {"AcroForm", as(fields_rule)},
    {"MarkInfo", node(mark_info_grammar)},
    {"StructTreeRoot", as(structure_rule)},
    {"ViewerPreferences", node(preferences_grammar)},
    {"OutputIntents", array(intent, 1, 8)},
};
constexpr Grammar catalog_grammar{"catalog", catalog_keys};

constexpr Rule any_text = text();
constexpr Key trailer_keys[] = {
    {"Size", integer(1, many), true},
    {"Root", node(catalog_grammar), true},
    {"ID", array(any_text, 2, 2)},
};

} // namespace

const Rule optional_content_rule = choose(pick_layer);
const Grammar page_grammar{"page", page_keys};
const Grammar trailer_grammar{"trailer", trailer_keys};

} // namespace sekisho::verify
