#include "sanitizer/formats/ooxml/xml_output.h"

#include <algorithm>
#include <cstring>

namespace sekisho::ooxml {

namespace {

// Does not occur in XML, so it can stand for "taken out".
constexpr char blanked = '\0';
constexpr std::size_t worth_flushing = 64U << 10;

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
        const char character = text[i];
        if (character > '>' || (character < 0) || (character >= '\'' && character < '<') || character == ' ') continue;
        const std::string_view escape = escape_of(character, in_attribute);
        if (escape.empty()) continue;
        m_text.append(text, from, i - from);
        m_text += escape;
        from = i + 1;
    }
    m_text.append(text, from);
}

void XmlOutput::name(Ns ns, std::string_view name) {
    const std::string_view prefix = row_of(ns).prefix;
    if (!prefix.empty()) {
        m_text += prefix;
        m_text += ':';
    }
    m_text += name;
}

void XmlOutput::close_tag() {
    if (m_tag_open) m_text += '>';
    m_tag_open = false;
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

void XmlOutput::attribute(std::string_view qualified_name, std::string_view value) {
    attribute(Ns::none, qualified_name, value);
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

void XmlOutput::cut(const Mark& mark) {
    if (mark.position < m_flushed) bug("markup was taken back after it was handed over");
    m_text.resize(mark.position - m_flushed);
    m_tag_open = mark.tag_open;
}

void XmlOutput::blank(std::uint64_t from, std::uint64_t to) {
    if (from < m_flushed || to > position()) bug("markup was taken out after it was handed over");
    std::memset(m_text.data() + (from - m_flushed), blanked, to - from);
    m_blanked = true;
}

void XmlOutput::overwrite(std::uint64_t at, std::string_view text) {
    if (at < m_flushed || at + text.size() > position()) bug("markup was changed after it was handed over");
    m_text.replace(at - m_flushed, text.size(), text);
}

Result<> XmlOutput::check() const {
    if (m_text.size() > m_most) return refuse(Reason::limit_memory);
    return {};
}

Result<> XmlOutput::offer() {
    if (m_text.size() < worth_flushing) return {};
    return flush();
}

Result<> XmlOutput::flush() {
    if (m_blanked) std::erase(m_text, blanked);
    m_blanked = false;
    TRY(m_out.write(std::string_view(m_text)));
    m_flushed += m_text.size();
    m_text.clear();
    return {};
}

Result<> XmlOutput::finish() {
    return flush();
}

} // namespace sekisho::ooxml
