#include <algorithm>
#include <array>
#include <charconv>

#include "sanitizer/core/address.h"
#include "sanitizer/formats/odf/formula.h"
#include "sanitizer/formats/odf/rewriter.h"

namespace sekisho::odf {

namespace {

constexpr std::string_view control_prefix = "ooo:com.sun.star.form.component.";

// Names of controls in LibreOffice's toolkit; a program makes what such a name says.
bool is_control(std::string_view service) {
    static constexpr auto controls =
        std::to_array<std::string_view>({"TextField",         "FormattedField", "NumericField",
                                         "CurrencyField",     "DateField",      "TimeField",
                                         "PatternField",      "CheckBox",       "RadioButton",
                                         "ListBox",           "ComboBox",       "CommandButton",
                                         "FixedText",         "GroupBox",       "Form",
                                         "GridControl",       "HiddenControl",  "ScrollBar",
                                         "SpinButton",        "ImageButton",    "DatabaseImageControl",
                                         "NavigationToolBar", "RichTextControl"});
    if (service.starts_with(control_prefix)) service.remove_prefix(control_prefix.size());
    return std::ranges::find(controls, service) != controls.end();
}

} // namespace

void Rewriter::write_attributes(const ElementRow& row, Attributes attributes) {
    for (const XmlAttribute& attribute : attributes) write_attribute(row, attribute);
}

void Rewriter::write_count(const XmlAttribute& attribute) {
    constexpr std::uint64_t rows = 1U << 20, columns = 1U << 14, blanks = 1U << 14;
    const std::uint64_t most = attribute.name.find("rows") != attribute.name.npos      ? rows
                               : attribute.name.find("columns") != attribute.name.npos ? columns
                                                                                       : blanks;
    std::uint64_t number = 0;
    const char* end = attribute.value.data() + attribute.value.size();
    const auto read = std::from_chars(attribute.value.data(), end, number);
    if (read.ec == std::errc::invalid_argument || read.ptr != end) return found(Finding::odf_repeat);
    const bool beyond = read.ec == std::errc::result_out_of_range || number > most;
    if (beyond) found(Finding::odf_repeat, Action::rewritten);
    m_out.attribute(attribute.ns, attribute.name, std::to_string(beyond ? most : number));
}

void Rewriter::write_attribute(const ElementRow& row, const XmlAttribute& attribute) {
    if (row.rule == Rule::stated && attribute.ns == Ns::text && attribute.name == "fixed") return;
    const AttributeRow* rule = find_attribute(row.ns, attribute.ns, attribute.name);
    if (!rule) return found(Finding::odf_unknown_element);
    const auto keep_if = [&](bool good, Finding finding) {
        if (!good) return found(finding);
        // MathML's own have no namespace; OpenOffice.org 2 gave them one.
        m_out.attribute(attribute.ns == Ns::math ? Ns::none : attribute.ns, attribute.name, attribute.value);
    };
    switch (rule->rule) {
    case AttributeRule::keep:
        return keep_if(true, Finding::none);
    case AttributeRule::drop:
        if (!attribute.value.empty()) found(rule->finding);
        return;
    case AttributeRule::formula: {
        const Finding finding = judge_formula(attribute.value, m_references.names_gone);
        return keep_if(finding == Finding::none, finding);
    }
    case AttributeRule::condition: {
        const Finding finding = judge_condition(attribute.value, m_references.names_gone);
        return keep_if(finding == Finding::none, finding);
    }
    case AttributeRule::range:
        return keep_if(range_is_inside(attribute.value), Finding::odf_external_source);
    case AttributeRule::count:
        return write_count(attribute);
    case AttributeRule::address:
        return keep_if(leads_out_safely(attribute.value) && spelled_address(attribute.value) == attribute.value,
                       rule->finding);
    case AttributeRule::service:
        return keep_if(is_control(attribute.value), rule->finding);
    case AttributeRule::event:
        return keep_if(attribute.value == "dom:click" || attribute.value == "on-click", rule->finding);
    case AttributeRule::reference: {
        const bool handled = row.rule == Rule::link || row.rule == Rule::area || row.rule == Rule::picture ||
                             row.rule == Rule::object || row.rule == Rule::listener || row.rule == Rule::chart ||
                             row.rule == Rule::form;
        if (!handled && !attribute.value.empty()) found(Finding::odf_external_reference);
        return;
    }
    }
}

} // namespace sekisho::odf
