// Markup compatibility (ECMA-376 part 3): choices between vocabularies, and extension lists.
#include "sanitizer/formats/ooxml/rewriter.h"

namespace sekisho::ooxml {

namespace {

// "{GUID}", or the few names that are not.
bool is_extension_name(std::string_view uri) {
    if (uri == "http://schemas.microsoft.com/office/drawing/2008/diagram") return true;
    if (uri.empty() || uri.size() > 64) return false;
    for (const char character : uri) {
        const bool plain = (character >= '0' && character <= '9') || (character >= 'A' && character <= 'F') ||
                           (character >= 'a' && character <= 'f') || character == '{' || character == '}' ||
                           character == '-';
        if (!plain) return false;
    }
    return true;
}

} // namespace

Result<XmlEvents::Go> Rewriter::start_alternate(const ElementRow& row, Attributes) {
    if (m_fields.in_instruction()) {
        // A field's instruction that depends on the reader cannot be judged.
        m_fields.poison();
        return drop(Finding::ooxml_field);
    }
    push(row, Rule::alternate, {}, true);
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start_choice(const ElementRow& row, Attributes attributes) {
    if (!parent_is(Rule::alternate)) return unknown();
    std::string required;
    if (row.rule == Rule::choice) {
        std::string_view listed = value_of(attributes, "Requires");
        while (!listed.empty()) {
            const std::size_t size = std::min(listed.find(' '), listed.size());
            if (size > 0) {
                const NsRow& named = row_of(m_parser->namespace_of_prefix(listed.substr(0, size)));
                const bool spoken = (named.dialects & static_cast<unsigned>(m_kind.dialect)) != 0;
                // The VML choice around an OLE object has no picture of it; the fallback has.
                if (named.ns == Ns::v) return Go::past;
                if (named.prefix.empty() || !spoken) return drop(Finding::ooxml_unknown_element);
                required += (required.empty() ? "" : " ") + std::string(named.prefix);
            }
            listed.remove_prefix(std::min(size + 1, listed.size()));
        }
        if (required.empty()) return drop(Finding::ooxml_unknown_element);
    }
    m_fields.enter_story();
    Frame& frame = push(row, row.rule, {}, true);
    if (!required.empty()) m_out.attribute("Requires", required);
    frame.story = true;
    return Go::on;
}

void Rewriter::finish_choice(Frame& frame) {
    if (frame.doomed || m_out.tag_is_open()) return cut(frame);
    m_out.end(frame.row->ns, frame.row->name);
    Frame& around = m_frames[m_frames.size() - 2];
    around.alternative = true;
}

void Rewriter::finish_fallback(Frame& frame) {
    if (frame.doomed || m_out.tag_is_open()) return cut(frame);
    const std::uint64_t inner_to = m_out.position();
    m_out.end(frame.row->ns, frame.row->name);
    Frame& around = m_frames[m_frames.size() - 2];
    // <mc:Fallback> has no attributes.
    around.inner_from = frame.from + std::string_view("<mc:Fallback>").size();
    around.inner_to = inner_to;
}

// A choice that is kept keeps the whole; else the fallback stands alone.
void Rewriter::finish_alternate(Frame& frame) {
    if (frame.alternative) return m_out.end(frame.row->ns, frame.row->name);
    if (frame.inner_to == 0) return cut(frame);
    m_out.blank(frame.from, frame.inner_from);
    m_out.blank(frame.inner_to, m_out.position());
    m_out.close_tag();
}

Result<XmlEvents::Go> Rewriter::start_extension(const ElementRow& row, Attributes attributes) {
    if (!is_extension_name(value_of(attributes, "uri"))) return drop(Finding::ooxml_unknown_element);
    push(row, Rule::extension, attributes, true);
    return Go::on;
}

} // namespace sekisho::ooxml
