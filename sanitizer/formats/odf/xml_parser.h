// XML 1.0 with namespaces, pushed in pieces through expat. A document type may be there (OpenOffice.org 1 wrote one)
// but nothing is loaded and it declares no entities: that is refused.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/stream/stream.h"
#include "sanitizer/core/budget.h"
#include "sanitizer/formats/odf/vocabulary.h"

struct XML_ParserStruct;

namespace sekisho::odf {

struct XmlAttribute {
    Ns ns = Ns::none;
    std::string_view name;
    std::string_view value;
};

// Receives what the parser reads. Views live until the call returns. An error ends the parse.
class XmlEvents {
public:
    virtual ~XmlEvents() = default;
    using Attributes = std::span<const XmlAttribute>;
    enum class Go : std::uint8_t { on, past }; // past: not into this element; its end is not told either
    virtual Result<Go> start(Ns ns, std::string_view name, Attributes attributes) = 0;
    virtual Result<> end() = 0;
    virtual Result<> text(std::string_view text) = 0;
};

class XmlParser final : public Sink {
public:
    static constexpr std::size_t deepest = 512; // elements in elements

    XmlParser(XmlEvents& events, Budget& budget);
    XmlParser(const XmlParser&) = delete;
    XmlParser& operator=(const XmlParser&) = delete;
    ~XmlParser() override;

    using Sink::write;
    Result<> write(View view) override;
    Result<> finish();

    // Of the start tag that is told now, counted from 1 over all tags, also those that are passed over: the same in
    // every reading of a document.
    std::uint64_t element_number() const { return m_elements; }
    bool had_doctype() const { return m_doctype; }

private:
    struct Callbacks;
    Result<> parse(View view, bool is_last);
    void start_element(const char* name, const char** attributes);
    void end_element();
    void characters(std::string_view text);
    void stop(Error error);

    XmlEvents& m_events;
    Budget& m_budget;
    XML_ParserStruct* m_parser;
    std::vector<XmlAttribute> m_attributes;
    std::uint64_t m_elements = 0;
    std::size_t m_depth = 0;
    std::size_t m_passing = 0; // depth within an element that is passed over
    bool m_doctype = false;
    bool m_failed = false;
    Error m_error;
};

std::string_view value_of(XmlEvents::Attributes attributes, Ns ns, std::string_view name);

} // namespace sekisho::odf
