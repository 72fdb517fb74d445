#include "sanitizer/verify/ooxml/content.h"

#include <algorithm>
#include <array>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/ooxml/judge.h"

namespace sekisho::verify {

namespace {

constexpr std::size_t longest_formula = 1U << 20, deepest = 512;

std::string_view value_of(std::span<const XmlAttribute> attributes, std::string_view name, Words words = Words::none) {
    for (const XmlAttribute& attribute : attributes)
        if (attribute.words == words && attribute.name == name) return attribute.value;
    return {};
}

bool is_true(std::string_view value) {
    return !value.empty() && value != "0" && value != "false";
}

unsigned revision_of(Role role) {
    switch (role) {
    case Role::inserted:
        return 1;
    case Role::deleted:
        return 2;
    case Role::moved_from:
        return 4;
    case Role::moved_to:
        return 8;
    default:
        return 0;
    }
}

bool has_text(Role role) {
    return role == Role::text || role == Role::choice || role == Role::fallback;
}

std::unexpected<Error> wrong(Reason reason, std::string_view name) {
    return refuse(reason, std::string(name.substr(0, 64)));
}

} // namespace

Result<> Content::root(Words words, std::string_view name, Attributes attributes,
                       std::span<const XmlDeclared> declared) {
    if (words != m_row.root_words || name != m_row.root) return wrong(Reason::verify_ooxml_element, name);
    for (const XmlDeclared& one : declared) m_prefixes.emplace(one.prefix);
    if (!prefixes_are_declared(value_of(attributes, "Ignorable", Words::mc)))
        return wrong(Reason::verify_ooxml_attribute, "Ignorable");
    return {};
}

bool Content::prefixes_are_declared(std::string_view list) const {
    while (!list.empty()) {
        const std::size_t size = std::min(list.find(' '), list.size());
        if (!m_prefixes.contains(list.substr(0, size))) return false;
        list.remove_prefix(std::min(size + 1, list.size()));
    }
    return true;
}

Result<> Content::start(Words words, std::string_view name, Attributes attributes,
                        std::span<const XmlDeclared> declared) {
    if (m_open.empty())
        TRY(root(words, name, attributes, declared));
    else if (!declared.empty())
        return wrong(Reason::verify_ooxml_words, name);
    if (m_open.size() >= deepest) return refuse(Reason::limit_depth);
    const Role role = role_of(words, name);
    if (role == Role::denied) return wrong(Reason::verify_ooxml_element, name);
    if ((words == Words::properties) != (m_row.kind == PartKind::application))
        return wrong(Reason::verify_ooxml_element, name);
    if (!m_open.empty() && m_open.back().role == Role::formula) return wrong(Reason::verify_ooxml_formula, name);
    for (const XmlAttribute& one : attributes) TRY(attribute(words, name, role, one));
    m_open.push_back({role, m_revision});
    return enter(role, attributes);
}

Result<> Content::enter(Role role, Attributes attributes) {
    m_revision |= revision_of(role);
    if (has_text(role)) m_fields.enter();
    switch (role) {
    case Role::field_mark:
        return m_fields.mark(value_of(attributes, "fldCharType", Words::w), m_revision);
    case Role::field_simple:
        return m_fields.simple(value_of(attributes, "instr", Words::w));
    case Role::field_piece:
        return m_fields.instruction("", m_revision);
    case Role::alternate:
        if (m_fields.in_instruction()) return refuse(Reason::verify_ooxml_field);
        return {};
    case Role::choice:
        if (const std::string_view needed = value_of(attributes, "Requires");
            needed.empty() || !prefixes_are_declared(needed))
            return wrong(Reason::verify_ooxml_attribute, "Requires");
        return {};
    case Role::defined_name:
        if (is_true(value_of(attributes, "xlm")) || is_true(value_of(attributes, "vbProcedure")) ||
            is_true(value_of(attributes, "function")) || name_runs(value_of(attributes, "name")))
            return wrong(Reason::verify_ooxml_element, "definedName");
        m_gathered.clear();
        return {};
    case Role::cache_source:
        if (value_of(attributes, "type") != "worksheet") return wrong(Reason::verify_ooxml_attribute, "type");
        return {};
    case Role::package:
        if (const std::string_view type = value_of(attributes, "Type"); !type.empty() && type != "Embed")
            return wrong(Reason::verify_ooxml_attribute, "Type");
        return {};
    case Role::graphic_data:
        if (!graphic_is_allowed(value_of(attributes, "uri"))) return wrong(Reason::verify_ooxml_attribute, "uri");
        return {};
    case Role::action:
        if (!action_is_allowed(value_of(attributes, "action"))) return refuse(Reason::verify_ooxml_action);
        return {};
    default:
        m_gathered.clear();
        return {};
    }
}

Result<> Content::attribute(Words element, std::string_view, Role role, const XmlAttribute& one) {
    const auto not_allowed = [&]() -> Result<> { return wrong(Reason::verify_ooxml_attribute, one.name); };
    switch (meaning_of(element, one.words, one.name)) {
    case Meaning::denied:
        return not_allowed();
    case Meaning::empty:
        return one.value.empty() ? Result<>() : not_allowed();
    case Meaning::author:
        return one.value.empty() || one.value == "Author" || one.value == "A" ? Result<>() : not_allowed();
    case Meaning::formula:
        return formula_is_allowed(one.value) ? Result<>() : wrong(Reason::verify_ooxml_formula, one.name);
    case Meaning::address:
        return one.value.empty() || address_is_allowed(one.value) ? Result<>()
                                                                  : wrong(Reason::verify_ooxml_address, one.name);
    case Meaning::style:
        return style_is_plain(one.value) ? Result<>() : not_allowed();
    case Meaning::flag_off:
        return is_true(one.value) ? not_allowed() : Result<>();
    case Meaning::plain:
        break;
    }
    const bool refers = one.words == Words::r || (one.words == Words::o && one.name == "relid");
    return refers ? reference(role, one) : Result<>();
}

Result<> Content::reference(Role role, const XmlAttribute& one) const {
    if (one.value.empty() && role == Role::action) return {};
    const auto found = m_relations.find(one.value);
    if (found == m_relations.end()) return wrong(Reason::verify_ooxml_reference, one.name);
    const PartKind kind = found->second;
    const bool pictured = one.name == "embed" || one.name == "pict" || one.name == "blip" || role == Role::picture;
    const bool fits = role == Role::link || role == Role::action ? kind == PartKind::address || kind == PartKind::slide
                      : role == Role::package                    ? kind == PartKind::package
                      : pictured                                 ? kind == PartKind::picture
                                 : kind != PartKind::address && kind != PartKind::package && kind != PartKind::picture;
    return fits ? Result<>() : wrong(Reason::verify_ooxml_reference, one.name);
}

Result<> Content::text(std::string_view text) {
    if (m_open.empty()) return {};
    switch (m_open.back().role) {
    case Role::field_piece:
        return m_fields.instruction(text, m_revision);
    case Role::shown:
        return m_fields.shown(text, m_revision);
    case Role::formula:
    case Role::defined_name:
    case Role::stated:
        if (m_gathered.size() + text.size() > longest_formula) return refuse(Reason::verify_ooxml_formula);
        m_gathered += text;
        return {};
    default:
        return {};
    }
}

Result<> Content::end() {
    const Open closing = m_open.back();
    m_open.pop_back();
    m_revision = closing.revision_before;
    if (has_text(closing.role)) return m_fields.leave();
    const bool formula = closing.role == Role::formula || closing.role == Role::defined_name;
    if (formula && !formula_is_allowed(m_gathered)) return refuse(Reason::verify_ooxml_formula);
    if (closing.role == Role::stated && !statement_is_plain(m_gathered)) return refuse(Reason::verify_ooxml_element);
    return {};
}

Result<> Content::finish() {
    return m_fields.leave();
}

} // namespace sekisho::verify
