#include "sanitizer/formats/odf/xml_parser.h"

#include <expat.h>

namespace sekisho::odf {

namespace {

// Cannot occur in a URI, so it is what expat puts between namespace and name.
constexpr char separator = '\n';

Error error_of(Reason reason) {
    return refuse(reason).error();
}

Ns take_namespace(std::string_view& name) {
    const std::size_t at = name.find(separator);
    if (at == name.npos) return Ns::none;
    const Ns ns = namespace_of(name.substr(0, at));
    name.remove_prefix(at + 1);
    return ns;
}

} // namespace

// Nothing may be thrown through expat, which is C.
struct XmlParser::Callbacks {
    template <typename Body> static void guarded(void* self, Body body) {
        auto& parser = *static_cast<XmlParser*>(self);
        if (parser.m_failed) return;
        try {
            body(parser);
        } catch (const std::bad_alloc&) {
            parser.stop(error_of(Reason::limit_memory));
        } catch (...) {
            parser.stop(error_of(Reason::internal));
        }
    }
    static void start(void* self, const char* name, const char** attributes) {
        guarded(self, [&](XmlParser& parser) { parser.start_element(name, attributes); });
    }
    static void end(void* self, const char*) {
        guarded(self, [&](XmlParser& parser) { parser.end_element(); });
    }
    static void text(void* self, const char* text, int size) {
        guarded(self, [&](XmlParser& parser) { parser.characters({text, static_cast<std::size_t>(size)}); });
    }
    static void doctype(void* self, const char*, const char*, const char*, int) {
        guarded(self, [&](XmlParser& parser) { parser.m_doctype = true; });
    }
    static void entity(void* self, const char*, int, const char*, int, const char*, const char*, const char*,
                       const char*) {
        guarded(self, [&](XmlParser& parser) { parser.stop(error_of(Reason::odf_entity)); });
    }
};

XmlParser::XmlParser(XmlEvents& events, Budget& budget)
    : m_events(events), m_budget(budget), m_parser(XML_ParserCreateNS(nullptr, separator)) {
    if (!m_parser) throw std::bad_alloc();
    XML_SetUserData(m_parser, this);
    XML_SetElementHandler(m_parser, Callbacks::start, Callbacks::end);
    XML_SetCharacterDataHandler(m_parser, Callbacks::text);
    XML_SetStartDoctypeDeclHandler(m_parser, Callbacks::doctype);
    XML_SetEntityDeclHandler(m_parser, Callbacks::entity);
    XML_SetParamEntityParsing(m_parser, XML_PARAM_ENTITY_PARSING_NEVER);
}

XmlParser::~XmlParser() {
    XML_ParserFree(m_parser);
}

void XmlParser::stop(Error error) {
    m_error = std::move(error);
    m_failed = true;
    XML_StopParser(m_parser, XML_FALSE);
}

Result<> XmlParser::write(View view) {
    while (!view.empty()) {
        const std::size_t size = std::min<std::size_t>(view.size(), 1U << 20);
        TRY(parse(view.first(size), false));
        view = view.subspan(size);
    }
    return {};
}

Result<> XmlParser::finish() {
    return parse(as_view(""), true);
}

Result<> XmlParser::parse(View view, bool is_last) {
    const auto status = XML_Parse(m_parser, as_chars(view.data()), static_cast<int>(view.size()), is_last);
    if (m_failed) return std::unexpected(m_error);
    if (status != XML_STATUS_OK) return refuse(Reason::input_damaged);
    return {};
}

void XmlParser::start_element(const char* name, const char** attributes) {
    ++m_elements;
    if (m_depth + m_passing >= deepest) return stop(error_of(Reason::limit_depth));
    if (auto in_time = m_budget.check_time(); !in_time) return stop(std::move(in_time).error());
    if (m_passing > 0) {
        ++m_passing;
        return;
    }
    m_attributes.clear();
    for (; *attributes; attributes += 2) {
        std::string_view local = attributes[0];
        const Ns ns = take_namespace(local);
        m_attributes.push_back({ns, local, attributes[1]});
    }
    std::string_view local = name;
    const Ns ns = take_namespace(local);
    auto go = m_events.start(ns, local, m_attributes);
    if (!go) return stop(std::move(go).error());
    if (*go == XmlEvents::Go::on)
        ++m_depth;
    else
        m_passing = 1;
}

void XmlParser::end_element() {
    if (m_passing > 0) {
        --m_passing;
        return;
    }
    --m_depth;
    if (auto done = m_events.end(); !done) stop(std::move(done).error());
}

void XmlParser::characters(std::string_view text) {
    if (m_passing > 0) return;
    if (auto done = m_events.text(text); !done) stop(std::move(done).error());
}

std::string_view value_of(XmlEvents::Attributes attributes, Ns ns, std::string_view name) {
    for (const XmlAttribute& attribute : attributes)
        if (attribute.ns == ns && attribute.name == name) return attribute.value;
    return {};
}

} // namespace sekisho::odf
