// libxml2 behind our types: one document, pushed in pieces. Nothing is loaded, nothing declared, nothing replaced.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/stream/stream.h"
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

// Refuses Reason::verify_odf_xml for what is not well-formed or begins otherwise than our writer's, a document type, a
// processing instruction, a comment or a CDATA section; Reason::verify_odf_words for a foreign vocabulary, or one that
// is declared below the root.
class OdfXml final : public Sink {
public:
    explicit OdfXml(OdfHandler& handler);
    OdfXml(const OdfXml&) = delete;
    OdfXml& operator=(const OdfXml&) = delete;
    ~OdfXml() override;

    using Sink::write;
    Result<> write(View view) override;
    Result<> finish();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sekisho::verify
