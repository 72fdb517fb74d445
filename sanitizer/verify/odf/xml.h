// The elements of a part, by the vocabularies that OpenDocument has.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sanitizer/verify/markup/markup.h"
#include "sanitizer/verify/odf/vocabulary.h"

namespace sekisho::verify {

struct OdfAttribute {
    odf_names::Words words = odf_names::Words::none;
    std::string_view name;
    std::string value;
};

// Views live until the call returns. An error ends the parse.
class OdfHandler {
public:
    using Words = odf_names::Words;
    using Attributes = std::span<const OdfAttribute>;
    virtual ~OdfHandler() = default;
    virtual Result<> start(Words words, std::string_view name, Attributes attributes) = 0;
    virtual Result<> end() = 0;
    virtual Result<> text(std::string_view text) = 0;
};

// Refuses Reason::verify_odf_xml for what is not in the one form of our writer (verify/markup), and
// Reason::verify_odf_words for a foreign vocabulary, or one that is declared below the root.
class OdfXml final : public Sink, private MarkupHandler {
public:
    explicit OdfXml(OdfHandler& handler);

    using Sink::write;
    Result<> write(View view) override { return m_reader.write(view); }
    Result<> finish() { return m_reader.finish(); }

private:
    Result<> start(std::string_view uri, std::string_view name, std::span<MarkupAttribute> attributes,
                   std::span<const MarkupDeclared> declared) override;
    Result<> end() override { return m_handler.end(); }
    Result<> text(std::string_view text) override { return m_handler.text(text); }

    OdfHandler& m_handler;
    MarkupReader m_reader;
    std::vector<OdfAttribute> m_attributes;
    bool m_began = false;
};

} // namespace sekisho::verify
