#include "base/text/json_writer.h"

#include "base/text/utf8.h"

namespace sekisho {

void JsonWriter::separate() {
    if (m_comma) m_out += ',';
    m_comma = true;
}

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    m_out += bracket;
    m_comma = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    m_out += bracket;
    m_comma = true;
    return *this;
}

JsonWriter& JsonWriter::plain(std::string_view token) {
    separate();
    m_out += token;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    quote(name);
    m_out += ':';
    m_comma = false;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
    separate();
    quote(value);
    return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
    return plain(value ? "true" : "false");
}
JsonWriter& JsonWriter::null() {
    return plain("null");
}

void JsonWriter::quote(std::string_view value) {
    constexpr std::string_view digits = "0123456789abcdef";
    m_out += '"';
    while (!value.empty()) {
        const auto octet = static_cast<unsigned char>(value.front());
        const std::size_t length = utf8_length(value);
        if (length == 0)
            m_out += "\\ufffd";
        else if (octet == '"' || octet == '\\')
            (m_out += '\\') += value.front();
        else if (octet == '\n')
            m_out += "\\n";
        else if (octet < 0x20 || octet == 0x7F)
            ((m_out += "\\u00") += digits[octet >> 4]) += digits[octet & 15];
        else
            m_out += value.substr(0, length);
        value.remove_prefix(length == 0 ? 1 : length);
    }
    m_out += '"';
}

} // namespace sekisho
