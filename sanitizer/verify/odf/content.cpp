#include "sanitizer/verify/odf/content.h"

#include <algorithm>
#include <array>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/odf/judge.h"
#include "sanitizer/verify/odf/values.h"
#include "sanitizer/verify/ooxml/judge.h"

namespace sekisho::verify {

using odf_names::Words;

namespace {

constexpr std::size_t deepest = 512, longest_gathered = 1U << 20;

std::unexpected<Error> wrong(Reason reason, std::string_view name) {
    return refuse(reason, std::string(name.substr(0, 64)));
}

std::string_view value_of(OdfHandler::Attributes attributes, Words words, std::string_view name) {
    for (const OdfAttribute& one : attributes)
        if (one.words == words && one.name == name) return one.value;
    return {};
}

struct PartRow {
    Words words;
    std::string_view root;
    std::string_view children;
};

constexpr PartRow row_of(OdfPart part) {
    switch (part) {
    case OdfPart::content:
        return {Words::office, "document-content", "font-face-decls automatic-styles body"};
    case OdfPart::styles:
        return {Words::office, "document-styles", "font-face-decls styles automatic-styles master-styles"};
    case OdfPart::settings:
        return {Words::office, "document-settings", "settings"};
    case OdfPart::meta:
        return {Words::office, "document-meta", "meta"};
    case OdfPart::formula:
        break;
    }
    return {Words::math, "math", ""};
}

} // namespace

bool OdfContent::is(Words words, std::string_view names) const {
    return !m_open.empty() && m_open.back().words == words && odf_word_in(names, m_open.back().name);
}

Result<> OdfContent::root(Words words, std::string_view name, Attributes attributes) {
    const PartRow row = row_of(m_part);
    if (words != row.words || name != row.root) return wrong(Reason::verify_odf_element, name);
    m_open.push_back({words, std::string(name)});
    if (m_part == OdfPart::formula) {
        for (const OdfAttribute& one : attributes) TRY(attribute(one, attributes));
        return {};
    }
    const bool version = attributes.size() == 1 && attributes[0].words == Words::office &&
                         attributes[0].name == "version" && odf_word_in("1.0 1.1 1.2 1.3 1.4", attributes[0].value);
    if (!version) return wrong(Reason::verify_odf_attribute, name);
    if (m_found.version.empty()) m_found.version = attributes[0].value;
    return m_found.version == attributes[0].value ? Result<>() : wrong(Reason::verify_odf_attribute, name);
}

Result<> OdfContent::top(Words words, std::string_view name) const {
    if (m_part == OdfPart::formula) return {};
    const bool listed = words == Words::office && odf_word_in(row_of(m_part).children, name);
    return listed ? Result<>() : wrong(Reason::verify_odf_element, name);
}

Result<> OdfContent::start(Words words, std::string_view name, Attributes attributes) {
    if (m_open.empty()) return root(words, name, attributes);
    if (m_open.size() >= deepest) return refuse(Reason::limit_depth);
    if (m_open.size() == 1) TRY(top(words, name));
    if (gathers()) return wrong(Reason::verify_odf_element, name);
    const bool of_meta =
        m_part == OdfPart::meta &&
        ((m_open.size() == 1 && name == "meta") || (m_open.size() == 2 && words == Words::meta && name == "generator"));
    if (!of_meta && (m_part == OdfPart::meta || !odf_names::element_is_listed(words, name)))
        return wrong(Reason::verify_odf_element, name);
    if (words == Words::office && name == "document" && !is(Words::draw, "object"))
        return wrong(Reason::verify_odf_element, name);
    if (m_open.size() == 2 && is(Words::office, "body") && m_found.body.empty()) m_found.body = name;
    m_open.push_back({words, std::string(name)});
    TRY(element(attributes));
    for (const OdfAttribute& one : attributes) TRY(attribute(one, attributes));
    return {};
}

bool OdfContent::gathers() const {
    return is(Words::dc, "creator") || is(Words::meta, "creator-initials generator") ||
           is(Words::loext, "sender-initials") || is(Words::config, "config-item");
}

Result<> OdfContent::element(Attributes attributes) {
    m_gathered.clear();
    if (is(Words::config, "config-item")) {
        m_setting_name = value_of(attributes, Words::config, "name");
        m_setting_type = value_of(attributes, Words::config, "type");
    }
    if (is(Words::math, "annotation") && value_of(attributes, Words::none, "encoding") != "StarMath 5.0")
        return wrong(Reason::verify_odf_value, "encoding");
    // LibreOffice takes a table of such a name for its copy of one in another file, and looks for that file.
    if (const std::string_view name = value_of(attributes, Words::table, "name");
        is(Words::table, "table") && name.starts_with("'") && name.find("'#") != name.npos)
        return wrong(Reason::verify_odf_value, "name");
    if (is(Words::field, "param fieldmark fieldmark-start")) return field(attributes);
    if (is(Words::presentation, "event-listener") &&
        !odf_word_in("none previous-page next-page first-page last-page hide stop fade-out show",
                     value_of(attributes, Words::presentation, "action")))
        return wrong(Reason::verify_odf_value, "action");
    return {};
}

Result<> OdfContent::field(Attributes attributes) const {
    constexpr std::string_view kinds = "FORMTEXT FORMCHECKBOX FORMDROPDOWN FORMDATE";
    constexpr std::string_view family = "vnd.oasis.opendocument.field.";
    if (is(Words::field, "param"))
        return odf_word_in("Checkbox_Checked Checkbox_Name Dropdown_ListEntry Dropdown_SelectedEntry",
                           value_of(attributes, Words::field, "name"))
                   ? Result<>()
                   : wrong(Reason::verify_odf_value, "param");
    const std::string_view type = value_of(attributes, Words::field, "type");
    const bool known = type.starts_with(family) && odf_word_in(kinds, type.substr(family.size()));
    return known ? Result<>() : wrong(Reason::verify_odf_value, "fieldmark");
}

Result<> OdfContent::attribute(const OdfAttribute& one, Attributes all) {
    const Element& element = m_open.back();
    if (!odf_names::attribute_is_listed(element.words, one.words, one.name))
        return wrong(Reason::verify_odf_attribute, one.name);
    const auto must = [&](bool good, Reason reason = Reason::verify_odf_value) -> Result<> {
        return good ? Result<>() : wrong(reason, one.name);
    };
    switch (odf_meaning(element.words, one.words, one.name)) {
    case OdfMeaning::plain:
        return {};
    case OdfMeaning::reference:
        return reference(one.value, all);
    case OdfMeaning::formula:
        return must(odf_formula_is_allowed(one.value), Reason::verify_odf_formula);
    case OdfMeaning::condition:
        return must(odf_condition_is_allowed(one.value), Reason::verify_odf_formula);
    case OdfMeaning::range:
        return must(odf_range_is_allowed(one.value), Reason::verify_odf_formula);
    case OdfMeaning::rows:
        return must(odf_number_is_below(one.value, 1U << 20));
    case OdfMeaning::columns:
        return must(odf_number_is_below(one.value, 1U << 14));
    case OdfMeaning::address:
        return must(address_is_allowed(one.value), Reason::verify_odf_address);
    case OdfMeaning::control:
        return must(odf_control_is_known(one.value));
    case OdfMeaning::click:
        return must(is(Words::presentation, "event-listener") && odf_word_in("dom:click on-click", one.value));
    case OdfMeaning::kind:
        return must(is(Words::office, "document") && odf_media_type_is_known(one.value));
    case OdfMeaning::version:
        return must(is(Words::office, "document") && one.value == "1.2");
    case OdfMeaning::link_word:
        return must(odf_word_in("simple embed onLoad", one.value));
    case OdfMeaning::notation:
        return must(is(Words::math, "annotation"));
    }
    return wrong(Reason::verify_odf_attribute, one.name);
}

Result<> OdfContent::reference(const std::string& address, Attributes all) {
    const bool shows = is(Words::draw, "image fill-image") || is(Words::style, "background-image") ||
                       is(Words::text, "list-level-style-image") || is(Words::chart, "symbol-image");
    if (shows) {
        m_found.pictures.insert(address);
        return {};
    }
    if (is(Words::draw, "object")) {
        if (!address.starts_with("./")) return refuse(Reason::verify_odf_reference);
        m_found.objects.insert(address.substr(2) + "/");
        return {};
    }
    if (is(Words::chart, "chart"))
        return address == ".." || address == "." ? Result<>() : refuse(Reason::verify_odf_address);
    const bool shown =
        is(Words::presentation, "event-listener") && value_of(all, Words::presentation, "action") == "show";
    const bool link = is(Words::text, "a") || is(Words::draw, "a area-circle area-rectangle area-polygon") || shown;
    return link && address_is_allowed(address) ? Result<>() : wrong(Reason::verify_odf_address, m_open.back().name);
}

Result<> OdfContent::check_gathered() const {
    const auto must = [&](bool good) -> Result<> {
        return good ? Result<>() : wrong(Reason::verify_odf_value, m_open.back().name);
    };
    if (is(Words::meta, "generator")) return must(odf_generator_is_plain(m_gathered));
    if (is(Words::dc, "creator")) return must(m_gathered.empty() || m_gathered == "Author");
    if (!is(Words::config, "config-item")) return must(m_gathered.empty() || m_gathered == "A");
    return must(odf_setting_is_allowed(m_setting_name, m_setting_type, m_gathered));
}

Result<> OdfContent::end() {
    if (gathers()) TRY(check_gathered());
    m_open.pop_back();
    return {};
}

Result<> OdfContent::text(std::string_view text) {
    if (!gathers()) return {};
    if (m_gathered.size() + text.size() > longest_gathered) return refuse(Reason::limit_memory);
    m_gathered += text;
    return {};
}

} // namespace sekisho::verify
