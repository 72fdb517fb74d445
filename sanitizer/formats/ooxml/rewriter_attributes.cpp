// Attributes: which pass, and what becomes of those that name people, macros, formulas or other parts.
#include <utility>

#include <fmt/format.h>

#include "sanitizer/formats/ooxml/formula.h"
#include "sanitizer/formats/ooxml/rewriter.h"
#include "sanitizer/formats/ooxml/strict.h"
#include "sanitizer/formats/ooxml/target.h"

namespace sekisho::ooxml {

namespace {

constexpr std::string_view nobody = "Author";

// CSS that can only place and paint: no parentheses (url, expression), no escapes.
bool is_plain_style(std::string_view style) {
    for (const char character : style) {
        const bool letter = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
        const bool digit = character >= '0' && character <= '9';
        if (!letter && !digit && std::string_view(" :;.,%#'\"_-+\n\r\t").find(character) == std::string_view::npos &&
            static_cast<unsigned char>(character) < 0x80)
            return false;
    }
    return true;
}

} // namespace

bool is_relation(const XmlAttribute& attribute) {
    return attribute.ns == Ns::r || (attribute.ns == Ns::o && attribute.name == "relid");
}

Related* Rewriter::resolve(std::string_view id, Expect expect) {
    if (Related* related = m_relations.use(id, expect)) return related;
    if (!m_relations.is_gone(id)) found(Finding::ooxml_dangling);
    return nullptr;
}

Rewriter::Leads Rewriter::relations_lead(Attributes attributes, Expect expect) {
    Leads leads = Leads::none;
    for (const XmlAttribute& attribute : attributes) {
        if (!is_relation(attribute)) continue;
        if (!resolve(attribute.value, expect)) return Leads::astray;
        leads = Leads::everywhere;
    }
    return leads;
}

void Rewriter::write_attributes(const ElementRow& row, Rule rule, Attributes attributes) {
    if (rule == Rule::needs_picture) write_picture(attributes);
    for (const XmlAttribute& attribute : attributes) {
        if (m_parser->is_strict())
            write_transitional(row, rule, attribute);
        else if (!write_special(row, rule, attribute))
            write_attribute(row, rule, attribute);
    }
    if (m_parser->is_strict()) write_table_look(row, attributes);
}

void Rewriter::write_transitional(const ElementRow& row, Rule rule, const XmlAttribute& attribute) {
    XmlAttribute said = attribute;
    said.name = strict::attribute_name(row, attribute.ns, attribute.name);
    const auto value = strict::value(row, said.ns, said.name, said.value);
    if (value) said.value = *value;
    if (value && value->empty()) return; // nothing that Transitional can say
    if (!write_special(row, rule, said)) write_attribute(row, rule, said);
}

// Transitional has one number where Strict has six switches (part 4, 14.3.7).
void Rewriter::write_table_look(const ElementRow& row, Attributes attributes) {
    if (row.ns != Ns::w || row.name != "tblLook" || !value_of(attributes, "val", Ns::w).empty()) return;
    constexpr std::pair<std::string_view, unsigned> switches[] = {{"firstRow", 0x20},    {"lastRow", 0x40},
                                                                  {"firstColumn", 0x80}, {"lastColumn", 0x100},
                                                                  {"noHBand", 0x200},    {"noVBand", 0x400}};
    unsigned look = 0;
    for (const auto& [name, bit] : switches) {
        const std::string_view value = value_of(attributes, name, Ns::w);
        if (value == "1" || value == "true" || value == "on") look |= bit;
    }
    m_out.attribute(Ns::w, "val", to_hex(Bytes{static_cast<std::uint8_t>(look >> 8), static_cast<std::uint8_t>(look)}));
}

// Attributes whose meaning hangs on the element.
bool Rewriter::write_special(const ElementRow& row, Rule rule, const XmlAttribute& attribute) {
    const std::string_view name = attribute.name;
    if (rule == Rule::needs_picture && is_relation(attribute)) return true;
    if (rule == Rule::author && row.ns == Ns::p && (name == "name" || name == "initials")) {
        write_author(attribute);
        return true;
    }
    if (rule == Rule::sheet_view && m_relations.loses_sheets && (name == "activeTab" || name == "firstSheet"))
        return true;
    if (rule == Rule::prune && name == "count") return true;
    if (rule == Rule::cell && attribute.ns == Ns::none && name == "t" && attribute.value == "d") {
        m_cell_type.from = m_out.position();
        m_out.attribute(name, "str");
        m_cell_type.to = m_out.position();
        return true;
    }
    if (row.ns == Ns::x && row.name == "workbookPr" && name == "date1904")
        m_book.since_1904 = attribute.value == "1" || attribute.value == "true";
    // A note finds its thread by this number.
    if (row.ns == Ns::x && row.name == "comment" && attribute.ns == Ns::xr && name == "uid") {
        m_out.attribute(attribute.ns, name, attribute.value);
        return true;
    }
    if (rule == Rule::defined_name && name == "localSheetId") {
        const auto old = static_cast<std::size_t>(std::stoul(std::string(attribute.value)));
        m_out.attribute(name, std::to_string(m_book.sheet_numbers[old]));
        return true;
    }
    if (rule == Rule::ole_object && (name == "progId" || name == "ProgID")) {
        write_program(attribute);
        return true;
    }
    if (rule == Rule::action && name == "action" && attribute.value.empty()) return true;
    if (row.ns == Ns::p && row.name == "cNvPr" && name == "id" && m_frames.size() > 1) {
        const Frame* frame = nearest({Rule::ole_frame});
        const std::string_view around = m_frames[m_frames.size() - 2].row->name;
        if (frame && around == "nvGraphicFramePr") m_frame_shape = attribute.value;
        // The picture of an object that goes takes over the object's number.
        if (frame && frame->refused && around == "nvPicPr") {
            m_out.attribute(name, m_frame_shape);
            return true;
        }
    }
    return write_chance(row, rule, attribute);
}

// Numbers that a program draws by chance, and that have to be there: they are counted instead, so that the same document
// is the same bytes each time.
bool Rewriter::write_chance(const ElementRow& row, Rule rule, const XmlAttribute& attribute) {
    const std::string_view name = attribute.name;
    if (row.ns == Ns::a && row.name == "fld" && name == "id") {
        m_out.attribute(name, fmt::format("{{{:08X}-0000-4000-8000-000000000000}}", ++m_field_number));
        return true;
    }
    if (row.ns == Ns::c && (row.name == "axId" || row.name == "crossAx") && name == "val") {
        const auto axis = m_axes.try_emplace(std::string(attribute.value), m_axes.size() + 1).first;
        m_out.attribute(name, std::to_string(axis->second));
        return true;
    }
    if (rule == Rule::ole_object && name == "ObjectID") {
        m_out.attribute(name, fmt::format("_{}", ++m_object_number));
        return true;
    }
    return false;
}

void Rewriter::write_attribute(const ElementRow& row, Rule rule, const XmlAttribute& attribute) {
    const AttributeRule* known =
        (row_of(attribute.ns).dialects & static_cast<unsigned>(m_kind.dialect)) && attribute.ns != Ns::unknown
            ? find_attribute(row.ns, attribute.ns, attribute.name)
            : nullptr;
    if (!known) return found(Finding::ooxml_unknown_element);
    switch (*known) {
    case AttributeRule::keep:
        return m_out.attribute(attribute.ns, attribute.name, attribute.value);
    case AttributeRule::quiet:
        return;
    case AttributeRule::author:
        return write_author(attribute);
    case AttributeRule::formula:
        if (const Finding finding = judge_formula(attribute.value, m_book.sheets_gone); finding != Finding::none)
            return found(finding);
        return m_out.attribute(attribute.ns, attribute.name, attribute.value);
    case AttributeRule::style:
        if (!is_plain_style(attribute.value)) return found(Finding::ooxml_external_relationship);
        return m_out.attribute(attribute.ns, attribute.name, attribute.value);
    case AttributeRule::macro:
        if (!attribute.value.empty()) return found(Finding::ooxml_macro_name);
        return m_out.attribute(attribute.ns, attribute.name, "");
    case AttributeRule::relation:
        return write_relation(rule, attribute);
    case AttributeRule::metadata:
        return found(Finding::ooxml_metadata);
    case AttributeRule::person:
        if (row.ns == Ns::xtc) return write_author(attribute);
        return m_out.attribute(attribute.ns, attribute.name, attribute.value);
    case AttributeRule::connection:
        return found(Finding::ooxml_connection);
    case AttributeRule::external:
        return write_external(attribute);
    }
}

// An object is opened by the program that its name stands for, so the name follows what is really in it.
void Rewriter::write_program(const XmlAttribute& attribute) {
    const bool single = attribute.value == "PowerPoint.Slide.12";
    const std::string_view program = m_object == Type::docx   ? "Word.Document.12"
                                     : m_object == Type::xlsx ? "Excel.Sheet.12"
                                     : single                 ? "PowerPoint.Slide.12"
                                                              : "PowerPoint.Show.12";
    m_out.attribute(attribute.ns, attribute.name, program);
}

void Rewriter::write_author(const XmlAttribute& attribute) {
    const std::string_view value = attribute.name == "initials"     ? "A"
                                   : attribute.name == "providerId" ? "None"
                                                                    : nobody;
    if (attribute.value.empty()) return;
    if (attribute.value != value) found(Finding::ooxml_metadata, Action::rewritten);
    m_out.attribute(attribute.ns, attribute.name, value);
}

void Rewriter::write_relation(Rule rule, const XmlAttribute& attribute) {
    if (attribute.value.empty()) return;
    const bool links = rule == Rule::hyperlink || rule == Rule::sheet_hyperlink || rule == Rule::action;
    const bool packs = rule == Rule::needs_package || rule == Rule::ole_object;
    const Expect expect = links ? Expect::link : packs ? Expect::package : Expect::part;
    if (const Related* related = resolve(attribute.value, expect))
        m_out.attribute(attribute.ns, attribute.name, related->id);
}

// One relationship to one picture; a link to a picture outside has become one to a placeholder inside.
void Rewriter::write_picture(Attributes attributes) {
    for (const bool outside : {false, true}) {
        for (const XmlAttribute& attribute : attributes) {
            const bool link = attribute.name == "link" || attribute.name == "href";
            if (!is_relation(attribute) || link != outside || attribute.value.empty()) continue;
            const Related* related = resolve(attribute.value, Expect::picture);
            if (!related) continue;
            const std::string_view name = attribute.name == "link"   ? "embed"
                                          : attribute.name == "href" ? "id"
                                                                     : attribute.name;
            return m_out.attribute(attribute.ns, name, related->id);
        }
    }
}

void Rewriter::write_external(const XmlAttribute& attribute) {
    if (attribute.value.empty()) return;
    if (attribute.name != "href") return found(Finding::ooxml_external_image);
    const auto address = safe_address(attribute.value);
    if (!address) return found(Finding::ooxml_hyperlink);
    m_out.attribute(attribute.ns, attribute.name, *address);
}

} // namespace sekisho::ooxml
