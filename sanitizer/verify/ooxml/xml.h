// The elements of a part, by the vocabularies that Office Open XML has.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sanitizer/verify/markup/markup.h"
#include "sanitizer/verify/ooxml/model.h"

namespace sekisho::verify {

struct XmlAttribute {
    Words words = Words::none;
    std::string_view name;
    std::string value;
};

struct XmlDeclared {
    std::string_view prefix; // empty: the default namespace
    Words words = Words::none;
};

// Views live until the call returns. An error ends the parse.
class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual Result<> start(Words words, std::string_view name, std::span<const XmlAttribute> attributes,
                           std::span<const XmlDeclared> declared) = 0;
    virtual Result<> end() = 0;
    virtual Result<> text(std::string_view text) = 0;
};

// Refuses Reason::verify_ooxml_xml for what is not in the one form of our writer (verify/markup), and
// Reason::verify_ooxml_words for a foreign vocabulary.
class XmlReader final : public Sink, private MarkupHandler {
public:
    explicit XmlReader(XmlHandler& handler);

    using Sink::write;
    Result<> write(View view) override { return m_reader.write(view); }
    Result<> finish() { return m_reader.finish(); }

private:
    Result<> start(std::string_view uri, std::string_view name, std::span<MarkupAttribute> attributes,
                   std::span<const MarkupDeclared> declared) override;
    Result<> end() override { return m_handler.end(); }
    Result<> text(std::string_view text) override { return m_handler.text(text); }

    XmlHandler& m_handler;
    MarkupReader m_reader;
    std::vector<XmlAttribute> m_attributes;
    std::vector<XmlDeclared> m_declared;
};

} // namespace sekisho::verify
