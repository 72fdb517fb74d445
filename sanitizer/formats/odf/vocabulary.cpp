#include "sanitizer/formats/odf/vocabulary.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "sanitizer/formats/odf/names/appearance.h"
#include "sanitizer/formats/odf/names/document.h"
#include "sanitizer/formats/odf/names/drawing.h"
#include "sanitizer/formats/odf/names/sheet.h"
#include "sanitizer/formats/odf/rules.h"

namespace sekisho::odf {

namespace {

constexpr std::size_t ns_count = static_cast<std::size_t>(Ns::count);

constexpr std::array namespaces = {
#define NAMESPACE(id, prefix, uri) NsRow{Ns::id, prefix, uri},
#include "sanitizer/formats/odf/namespaces.def"
#undef NAMESPACE
};

struct NamesRow {
    Ns ns;
    std::string_view elements;
    std::string_view attributes;
};

constexpr NamesRow plain_names[] = {
    {Ns::office, names::office_elements, names::office_attributes},
    {Ns::style, names::style_elements, names::style_attributes},
    {Ns::text, names::text_elements, names::text_attributes},
    {Ns::table, names::table_elements, names::table_attributes},
    {Ns::draw, names::draw_elements, names::draw_attributes},
    {Ns::fo, "", names::fo_attributes},
    {Ns::dc, names::dc_elements, ""},
    {Ns::meta, names::meta_elements, ""},
    {Ns::number, names::number_elements, names::number_attributes},
    {Ns::presentation, names::presentation_elements, names::presentation_attributes},
    {Ns::svg, names::svg_elements, names::svg_attributes},
    {Ns::chart, names::chart_elements, names::chart_attributes},
    {Ns::dr3d, names::dr3d_elements, names::dr3d_attributes},
    {Ns::math, names::math_elements, names::math_attributes},
    {Ns::form, names::form_elements, names::form_attributes},
    {Ns::config, names::config_elements, names::config_attributes},
    {Ns::anim, names::anim_elements, names::anim_attributes},
    {Ns::smil, "", names::smil_attributes},
    {Ns::loext, names::loext_elements, names::loext_attributes},
    {Ns::calcext, names::calcext_elements, names::calcext_attributes},
    {Ns::field, names::field_elements, names::field_attributes},
    {Ns::drawooo, "", names::drawooo_attributes},
    {Ns::tableooo, "", names::tableooo_attributes},
    {Ns::formx, "", "group-name"},
    {Ns::xml, "", "id"},
};

// By namespace, then by name.
template <typename Row> class Table {
public:
    Table() : m_rows(ns_count) {}
    // The first row for a name counts.
    void add(Ns ns, std::string_view names, const Row& row) {
        while (!names.empty()) {
            const std::size_t size = std::min(names.find(' '), names.size());
            Row named = row;
            if constexpr (requires { named.name; }) {
                named.ns = ns;
                named.name = names.substr(0, size);
            }
            m_rows[static_cast<std::size_t>(ns)].emplace(names.substr(0, size), named);
            names.remove_prefix(std::min(size + 1, names.size()));
        }
    }
    const Row* find(Ns ns, std::string_view name) const {
        const auto& rows = m_rows[static_cast<std::size_t>(ns)];
        const auto found = rows.find(name);
        return found == rows.end() ? nullptr : &found->second;
    }

private:
    std::vector<std::unordered_map<std::string_view, Row>> m_rows;
};

Table<ElementRow> make_elements() {
    Table<ElementRow> table;
    for (const SpecialElements& special : special_elements()) table.add(special.ns, special.names, special.row);
    for (const NamesRow& plain : plain_names) table.add(plain.ns, plain.elements, {});
    return table;
}

Table<AttributeRow> make_attributes() {
    Table<AttributeRow> table;
    for (const SpecialAttributes& special : special_attributes()) table.add(special.ns, special.names, special.row);
    for (const NamesRow& plain : plain_names) table.add(plain.ns, plain.attributes, {});
    return table;
}

} // namespace

std::span<const NsRow> all_namespaces() {
    return namespaces;
}

const NsRow& row_of(Ns ns) {
    static constexpr NsRow nothing{Ns::none, "", ""};
    const auto at = static_cast<std::size_t>(ns);
    return at == 0 || at > namespaces.size() ? nothing : namespaces[at - 1];
}

Ns namespace_of(std::string_view uri) {
    static const std::unordered_map<std::string_view, Ns> by_uri = [] {
        std::unordered_map<std::string_view, Ns> made;
        for (const NsRow& row : namespaces) made.emplace(row.uri, row.ns);
        return made;
    }();
    const auto found = by_uri.find(uri);
    return found == by_uri.end() ? Ns::unknown : found->second;
}

const ElementRow* find_element(Ns ns, std::string_view name) {
    static const Table<ElementRow> table = make_elements();
    return table.find(ns, name);
}

const AttributeRow* find_attribute(Ns element, Ns ns, std::string_view name) {
    static const Table<AttributeRow> table = make_attributes();
    static constexpr AttributeRow traces{AttributeRule::drop, Finding::none};
    if (ns == Ns::officeooo || ns == Ns::xhtml) return &traces; // numbers of editing sessions, RDFa
    if (ns == Ns::none) return element == Ns::math ? table.find(Ns::math, name) : nullptr;
    return table.find(ns, name);
}

} // namespace sekisho::odf
