#include "sanitizer/formats/svg/output.h"

namespace sekisho::svg {

std::string escaped(std::string_view text, bool in_attribute) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (in_attribute && c == '"')
            out += "&quot;";
        else if (in_attribute && (c == '\n' || c == '\t'))
            out += c == '\n' ? "&#10;" : "&#9;";
        else if (byte >= 0x20 || c == '\n' || c == '\t')
            out += c;
    }
    return out;
}

void Output::declaration() {
    m_buffer += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
}

void Output::close() {
    if (m_open) m_buffer += '>';
    m_open = false;
}

void Output::start(std::string_view name) {
    close();
    m_buffer += '<';
    m_buffer += name;
    m_open = true;
}

void Output::attribute(std::string_view name, std::string_view value) {
    m_buffer += ' ';
    m_buffer += name;
    m_buffer += "=\"";
    m_buffer += escaped(value, true);
    m_buffer += '"';
}

void Output::characters(std::string_view text) {
    if (text.empty()) return;
    close();
    m_buffer += escaped(text, false);
}

void Output::end(std::string_view name) {
    if (m_open) {
        m_buffer += "/>";
        m_open = false;
        return;
    }
    m_buffer += "</";
    m_buffer += name;
    m_buffer += '>';
}

void Output::line() {
    close();
    m_buffer += '\n';
}

Result<> Output::flush(bool last) {
    constexpr std::size_t enough = 64 * 1024;
    if (m_open || (!last && m_buffer.size() < enough)) return {};
    TRY(m_out.write(m_buffer));
    m_buffer.clear();
    return {};
}

} // namespace sekisho::svg
