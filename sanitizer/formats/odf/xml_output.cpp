#include "sanitizer/formats/odf/xml_output.h"

namespace sekisho::odf {

namespace {

constexpr std::size_t worth_handing_over = 64U << 10;

std::string_view escape_of(char character, bool in_attribute) {
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '\r':
        return "&#13;";
    case '"':
        return in_attribute ? "&quot;" : "";
    case '\n':
        return in_attribute ? "&#10;" : "";
    case '\t':
        return in_attribute ? "&#9;" : "";
    default:
        return "";
    }
}

} // namespace

void XmlOutput::escaped(std::string_view text, bool in_attribute) {
    std::size_t from = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] > '>' || text[i] < 0 || text[i] == ' ') continue; // most characters
        const std::string_view escape = escape_of(text[i], in_attribute);
        if (escape.empty()) continue;
        m_text.append(text, from, i - from);
        m_text += escape;
        from = i + 1;
    }
    m_text.append(text, from);
}

void XmlOutput::name(Ns ns, std::string_view name) {
    if (const std::string_view prefix = row_of(ns).prefix; !prefix.empty()) {
        m_text += prefix;
        m_text += ':';
    } else if (ns == Ns::xml) {
        m_text += "xml:";
    }
    m_text += name;
}

void XmlOutput::close_tag() {
    if (m_tag_open) m_text += '>';
    m_tag_open = false;
}

void XmlOutput::namespaces() {
    for (const NsRow& row : all_namespaces()) {
        if (row.prefix.empty()) continue;
        m_text += " xmlns:";
        m_text += row.prefix;
        m_text += "=\"";
        m_text += row.uri;
        m_text += '"';
    }
}

void XmlOutput::start(Ns ns, std::string_view local) {
    close_tag();
    m_text += '<';
    name(ns, local);
    m_tag_open = true;
}

void XmlOutput::attribute(Ns ns, std::string_view local, std::string_view value) {
    m_text += ' ';
    name(ns, local);
    m_text += "=\"";
    escaped(value, true);
    m_text += '"';
}

void XmlOutput::text(std::string_view text) {
    close_tag();
    escaped(text, false);
}

void XmlOutput::end(Ns ns, std::string_view local) {
    if (m_tag_open) {
        m_text += "/>";
        m_tag_open = false;
        return;
    }
    m_text += "</";
    name(ns, local);
    m_text += '>';
}

Result<> XmlOutput::offer() {
    return m_text.size() < worth_handing_over ? Result<>() : finish();
}

Result<> XmlOutput::finish() {
    TRY(m_out.write(std::string_view(m_text)));
    m_text.clear();
    return {};
}

} // namespace sekisho::odf
