// The structure of a tagged document (14.7): names, texts and marks, nothing else.
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

using namespace rule;

constexpr Key mark_keys[] = {
    {"Type", name("MCR"), true},
    {"Pg", link(), true},
    {"MCID", integer(0, many), true},
};
constexpr Grammar mark_grammar{"mark", mark_keys};

constexpr Key attribute_keys[] = {
    {"O", name("Table"), true},
    {"ColSpan", integer(2, 10'000)},
    {"RowSpan", integer(2, 10'000)},
    {"Scope", name("Row Column Both")},
};
constexpr Grammar attribute_grammar{"cell", attribute_keys};

extern const Grammar element_grammar;
const Grammar* pick_kid(Walk&, const Object& dictionary) {
    return dictionary.dictIs("MCR") ? &mark_grammar : &element_grammar;
}
constexpr Rule kid = choose(pick_kid);
constexpr Key element_keys[] = {
    {"Type", name("StructElem"), true},
    {"S", name(), true},
    {"P", link(), true},
    {"ActualText", text()},
    {"Alt", text()},
    {"E", text()},
    {"Lang", text()},
    {"T", text()},
    {"A", node(attribute_grammar)},
    {"K", array(kid, 1)},
};
const Grammar element_grammar{"structure element", element_keys};

constexpr Rule element = node(element_grammar);

// Elements by mark; marks that no element has are null.
Result<> check_elements(Walk& walk, const Object& value) {
    if (!value.isArray()) return walk.no(Reason::verify_pdf_value);
    for (int i = 0; i < value.arrayGetLength(); ++i)
        if (!value.arrayGetNF(i).isNull()) TRY(walk.value(value.arrayGetNF(i), element));
    return {};
}

Result<> check_numbers(Walk& walk, const Object& value) {
    static constexpr Rule elements = check(check_elements);
    if (!value.isArray() || value.arrayGetLength() % 2 != 0) return walk.no(Reason::verify_pdf_value);
    int last = -1;
    for (int i = 0; i < value.arrayGetLength(); i += 2) {
        const Object& key = value.arrayGetNF(i);
        if (!key.isInt() || key.getInt() <= last) return walk.no(Reason::verify_pdf_value);
        last = key.getInt();
        TRY(walk.value(value.arrayGetNF(i + 1), elements));
    }
    return {};
}

constexpr Key parents_keys[] = {{"Nums", check(check_numbers), true}};
constexpr Grammar parents_grammar{"structure parents", parents_keys};
constexpr Rule role = name();
constexpr Key root_keys[] = {
    {"Type", name("StructTreeRoot"), true},
    {"K", array(element, 1), true},
    {"ParentTree", node(parents_grammar), true},
    {"RoleMap", map(role)},
};
constexpr Grammar root_grammar{"structure", root_keys};

} // namespace

const Rule structure_rule = node(root_grammar);

} // namespace sekisho::verify
