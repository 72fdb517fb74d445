#include "sanitizer/verify/odf/xml.h"

namespace sekisho::verify {

namespace {

using odf_names::Words;
using odf_names::words_of;

constexpr MarkupForm form{"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", Reason::verify_odf_xml};

} // namespace

OdfXml::OdfXml(OdfHandler& handler) : m_handler(handler), m_reader(*this, form) {}

Result<> OdfXml::start(std::string_view uri, std::string_view name, std::span<MarkupAttribute> attributes,
                       std::span<const MarkupDeclared> declared) {
    if (!declared.empty() && m_began) return refuse(Reason::verify_odf_words);
    m_began = true;
    for (const MarkupDeclared& one : declared)
        if (words_of(one.uri) == Words::foreign) return refuse(Reason::verify_odf_words);
    m_attributes.clear();
    for (MarkupAttribute& one : attributes) m_attributes.push_back({words_of(one.uri), one.name, std::move(one.value)});
    return m_handler.start(words_of(uri), name, m_attributes);
}

} // namespace sekisho::verify
