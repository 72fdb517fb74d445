// Word's fields within the stream of a part.
#include "sanitizer/formats/ooxml/rewriter.h"

namespace sekisho::ooxml {

void Rewriter::apply(const Fields::Verdict& verdict) {
    found(verdict.finding);
    for (const Stretch& stretch : verdict.take_out) m_out.blank(stretch.from, stretch.to);
}

Result<XmlEvents::Go> Rewriter::start_field_character(const ElementRow& row, Attributes attributes) {
    if (!parent_is(Rule::run)) {
        m_fields.poison();
        return drop(Finding::ooxml_field);
    }
    const std::string_view type = value_of(attributes, "fldCharType", Ns::w);
    Fields::Verdict verdict;
    if (type == "begin")
        m_fields.begin(m_revision);
    else if (type == "separate")
        verdict = m_fields.separate(m_revision);
    else if (type == "end")
        verdict = m_fields.end(m_revision);
    else
        return drop(Finding::ooxml_field);
    apply(verdict);
    if (verdict.mark == Fields::Mark::goes) return Go::past;
    push(row, Rule::field_character, attributes);
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start_field_simple(const ElementRow& row, Attributes attributes) {
    m_fields.poison(); // no program writes one inside another field's instruction
    const Finding finding = judge_field(value_of(attributes, "instr", Ns::w), false);
    if (finding == Finding::none) {
        push(row, Rule::field_simple, attributes);
        return Go::on;
    }
    found(finding);
    push_silent(row, Rule::field_simple);
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start_instruction(const ElementRow& row, Attributes attributes) {
    if (!parent_is(Rule::run) || !m_fields.say("", m_revision)) {
        m_fields.poison();
        return drop(Finding::ooxml_field);
    }
    push(row, Rule::instruction, attributes);
    return Go::on;
}

} // namespace sekisho::ooxml
