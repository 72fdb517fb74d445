// libxml2 behind our types: one document, pushed in pieces. Nothing is loaded, nothing declared, nothing replaced.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/stream/stream.h"
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

// Refuses Reason::verify_ooxml_xml for what is not well-formed or begins otherwise than our writer's, a document type,
// a processing instruction, a comment or a CDATA section; Reason::verify_ooxml_words for a foreign vocabulary.
class XmlReader final : public Sink {
public:
    explicit XmlReader(XmlHandler& handler);
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;
    ~XmlReader() override;

    using Sink::write;
    Result<> write(View view) override;
    Result<> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sekisho::verify
