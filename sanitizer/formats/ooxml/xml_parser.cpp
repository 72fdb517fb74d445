#include "sanitizer/formats/ooxml/xml_parser.h"

#include <expat.h>

#include <climits>

#include "sanitizer/formats/ooxml/strict.h"

namespace sekisho::ooxml {

namespace {

Error error_of(Reason reason) {
    return refuse(reason).error();
}

std::string_view prefix_of(std::string_view& name) {
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) return {};
    const std::string_view prefix = name.substr(0, colon);
    name.remove_prefix(colon + 1);
    return prefix;
}

bool is_declaration(std::string_view name) {
    return name == "xmlns" || name.starts_with("xmlns:");
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
        guarded(self, [&](XmlParser& parser) { parser.stop(error_of(Reason::ooxml_dtd)); });
    }
};

XmlParser::XmlParser(XmlEvents& events, Budget& budget)
    : m_events(events), m_budget(budget), m_parser(XML_ParserCreate(nullptr)) {
    if (!m_parser) throw std::bad_alloc();
    XML_SetUserData(m_parser, this);
    XML_SetElementHandler(m_parser, Callbacks::start, Callbacks::end);
    XML_SetCharacterDataHandler(m_parser, Callbacks::text);
    XML_SetStartDoctypeDeclHandler(m_parser, Callbacks::doctype);
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
        const auto status = XML_Parse(m_parser, as_chars(view.data()), static_cast<int>(size), XML_FALSE);
        if (m_failed) return std::unexpected(m_error);
        if (status != XML_STATUS_OK) return refuse(Reason::input_damaged);
        view = view.subspan(size);
    }
    return {};
}

Result<> XmlParser::finish() {
    const auto ended = XML_Parse(m_parser, "", 0, XML_TRUE);
    if (m_failed) return std::unexpected(m_error);
    if (ended != XML_STATUS_OK) return refuse(Reason::input_damaged);
    return {};
}

Ns XmlParser::namespace_of_prefix(std::string_view prefix) const {
    for (std::size_t i = m_bindings.size(); i-- > 0;)
        if (m_bindings[i].prefix == prefix) return m_bindings[i].ns;
    if (prefix == "xml") return Ns::xml;
    return prefix.empty() ? Ns::none : Ns::unknown;
}

void XmlParser::bind(const char** attributes) {
    for (; *attributes; attributes += 2) {
        const std::string_view name = attributes[0];
        if (!is_declaration(name)) continue;
        const std::string_view prefix = name == "xmlns" ? std::string_view() : name.substr(6);
        if (m_bindings.size() >= 4096) return stop(error_of(Reason::input_damaged));
        m_bindings.push_back({std::string(prefix), namespace_of(attributes[1])});
        if (std::string_view(attributes[1]).starts_with(strict::uri)) m_strict = true;
    }
}

std::size_t XmlParser::resolve(const char** attributes) {
    std::size_t count = 0;
    for (; *attributes; attributes += 2) {
        std::string_view name = attributes[0];
        if (is_declaration(name)) continue;
        const std::string_view prefix = prefix_of(name);
        if (m_attributes.size() == count) m_attributes.emplace_back();
        m_attributes[count++] = {prefix.empty() ? Ns::none : namespace_of_prefix(prefix), name, attributes[1]};
    }
    return count;
}

void XmlParser::start_element(const char* name, const char** attributes) {
    if (m_scopes.size() + m_passing >= deepest) return stop(error_of(Reason::limit_depth));
    if (m_passing > 0) {
        ++m_passing;
        return;
    }
    if (auto in_time = m_budget.check_time(); !in_time) return stop(std::move(in_time).error());
    const std::size_t before = m_bindings.size();
    bind(attributes);
    if (m_failed) return;
    std::string_view local = name;
    const Ns ns = namespace_of_prefix(prefix_of(local));
    const std::size_t count = resolve(attributes);
    auto go = m_events.start(ns, local, std::span<const XmlAttribute>(m_attributes).first(count));
    if (!go) return stop(std::move(go).error());
    if (*go == XmlEvents::Go::on) return m_scopes.push_back(before);
    m_bindings.resize(before);
    m_passing = 1;
}

void XmlParser::end_element() {
    if (m_passing > 0) {
        --m_passing;
        return;
    }
    if (auto done = m_events.end(); !done) return stop(std::move(done).error());
    m_bindings.resize(m_scopes.back());
    m_scopes.pop_back();
}

void XmlParser::characters(std::string_view text) {
    if (m_passing > 0) return;
    if (auto done = m_events.text(text); !done) stop(std::move(done).error());
}

Result<> parse_xml(View document, XmlEvents& events, Budget& budget) {
    XmlParser parser(events, budget);
    TRY(parser.write(document));
    return parser.finish();
}

} // namespace sekisho::ooxml
