#include "sanitizer/verify/ooxml/xml.h"

namespace sekisho::verify {

namespace {

constexpr MarkupForm form{"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n", Reason::verify_ooxml_xml};

Result<Words> known(std::string_view uri) {
    const Words words = uri.empty() ? Words::none : words_of(uri);
    if (words == Words::foreign) return refuse(Reason::verify_ooxml_words);
    return words;
}

} // namespace

XmlReader::XmlReader(XmlHandler& handler) : m_handler(handler), m_reader(*this, form) {}

Result<> XmlReader::start(std::string_view uri, std::string_view name, std::span<MarkupAttribute> attributes,
                          std::span<const MarkupDeclared> declared) {
    m_declared.clear();
    for (const MarkupDeclared& one : declared) m_declared.push_back({one.prefix, TRY(known(one.uri))});
    m_attributes.clear();
    for (MarkupAttribute& one : attributes)
        m_attributes.push_back({TRY(known(one.uri)), one.name, std::move(one.value)});
    return m_handler.start(TRY(known(uri)), name, m_attributes, m_declared);
}

} // namespace sekisho::verify
