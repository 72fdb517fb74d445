// XML 1.0 with namespaces, pushed in pieces through expat. A document type declaration is refused (threat O30), so
// there are no entities but the five of XML itself.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/stream/stream.h"
#include "sanitizer/core/budget.h"
#include "sanitizer/formats/ooxml/vocabulary.h"

struct XML_ParserStruct;

namespace sekisho::ooxml {

struct XmlAttribute {
    Ns ns = Ns::none;
    std::string_view name;
    std::string_view value;
};

// Receives what the parser reads. Views live until the call returns. An error ends the parse.
class XmlEvents {
public:
    virtual ~XmlEvents() = default;
    enum class Go : std::uint8_t { on, past }; // past: not into this element; its end is not told either
    virtual Result<Go> start(Ns ns, std::string_view name, std::span<const XmlAttribute> attributes) = 0;
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

    // What a prefix stands for where the parser is now; Ns::unknown if nothing.
    Ns namespace_of_prefix(std::string_view prefix) const;
    // True once a namespace of ISO Strict was declared.
    bool is_strict() const { return m_strict; }

private:
    struct Callbacks;
    struct Binding {
        std::string prefix;
        Ns ns;
    };
    void start_element(const char* name, const char** attributes);
    void end_element();
    void characters(std::string_view text);
    void stop(Error error);
    void bind(const char** attributes);
    std::size_t resolve(const char** attributes);

    XmlEvents& m_events;
    Budget& m_budget;
    XML_ParserStruct* m_parser;
    std::vector<Binding> m_bindings;
    std::vector<std::size_t> m_scopes; // size of m_bindings before each open element
    std::vector<XmlAttribute> m_attributes;
    std::size_t m_passing = 0; // depth within an element that is passed over
    bool m_strict = false;
    bool m_failed = false;
    Error m_error;
};

// Reads a whole small document.
Result<> parse_xml(View document, XmlEvents& events, Budget& budget);

} // namespace sekisho::ooxml
