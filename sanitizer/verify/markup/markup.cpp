#include "sanitizer/verify/markup/markup.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include <libxml/xmlerror.h>

#include "sanitizer/verify/markup/parse_state.h"

namespace sekisho::verify {

namespace {

constexpr std::size_t piece = 64U << 10;

std::string_view text_of(const xmlChar* text) {
    return text ? std::string_view(as_chars(text)) : std::string_view();
}

// Without replacing entities, libxml2 gives an ampersand in an attribute as "&#38;".
std::string value_of(const xmlChar* from, const xmlChar* to) {
    constexpr std::string_view written = "&#38;";
    std::string_view rest(as_chars(from), static_cast<std::size_t>(to - from));
    std::string value;
    for (std::size_t at = rest.find(written); at != rest.npos; at = rest.find(written)) {
        value += rest.substr(0, at + 1);
        rest.remove_prefix(at + written.size());
    }
    value += rest;
    return value;
}

} // namespace

struct MarkupReader::State : ParseState {
    State(MarkupHandler& to, MarkupForm as) : handler(to), form(as) {}

    MarkupHandler& handler;
    MarkupForm form;
    std::string head; // until the declaration is complete
    std::vector<MarkupAttribute> attributes;
    std::vector<MarkupDeclared> declared;

    Result<> start(const xmlChar* name, const xmlChar* uri, int namespaces, const xmlChar** names, int count,
                   const xmlChar** values) {
        declared.clear();
        for (int i = 0; i < namespaces; ++i) declared.push_back({text_of(names[2 * i]), text_of(names[2 * i + 1])});
        attributes.clear();
        for (int i = 0; i < count; ++i) {
            const xmlChar** row = values + 5 * i; // name, prefix, URI, begin and end of the value
            attributes.push_back({text_of(row[2]), text_of(row[0]), value_of(row[3], row[4])});
        }
        return handler.start(text_of(uri), text_of(name), attributes, declared);
    }
};

namespace {

template <typename State> State& state_of(void* parser) {
    return *static_cast<State*>(static_cast<xmlParserCtxtPtr>(parser)->_private);
}

template <typename State> void not_allowed(void* parser) {
    State& state = state_of<State>(parser);
    state.guard([&] { return refuse(state.form.not_so); });
}

void silent(void*, const char*, ...) {}

template <typename State> xmlSAXHandler make_handler() {
    xmlSAXHandler sax;
    std::memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = [](void* parser, const xmlChar* name, const xmlChar*, const xmlChar* uri, int namespaces,
                            const xmlChar** names, int count, int, const xmlChar** values) {
        State& state = state_of<State>(parser);
        state.guard([&] { return state.start(name, uri, namespaces, names, count, values); });
    };
    sax.endElementNs = [](void* parser, const xmlChar*, const xmlChar*, const xmlChar*) {
        State& state = state_of<State>(parser);
        state.guard([&] { return state.handler.end(); });
    };
    sax.characters = [](void* parser, const xmlChar* text, int size) {
        State& state = state_of<State>(parser);
        const std::string_view view(as_chars(text), static_cast<std::size_t>(size));
        state.guard([&] { return state.handler.text(view); });
    };
    sax.ignorableWhitespace = sax.characters;
    sax.internalSubset = [](void* parser, const xmlChar*, const xmlChar*, const xmlChar*) {
        not_allowed<State>(parser);
    };
    sax.processingInstruction = [](void* parser, const xmlChar*, const xmlChar*) { not_allowed<State>(parser); };
    sax.comment = [](void* parser, const xmlChar*) { not_allowed<State>(parser); };
    sax.cdataBlock = [](void* parser, const xmlChar*, int) { not_allowed<State>(parser); };
    sax.reference = [](void* parser, const xmlChar*) { not_allowed<State>(parser); };
    // Set, so that nothing is printed; errors are looked at in write() and finish().
    sax.error = silent;
    sax.warning = silent;
    return sax;
}

} // namespace

MarkupReader::MarkupReader(MarkupHandler& handler, MarkupForm form) : m_state(std::make_unique<State>(handler, form)) {
    xmlSAXHandler sax = make_handler<State>();
    m_state->parser = xmlCreatePushParserCtxt(&sax, nullptr, nullptr, 0, nullptr);
    if (!m_state->parser) throw std::bad_alloc();
    xmlCtxtUseOptions(m_state->parser, XML_PARSE_NONET);
    m_state->parser->_private = m_state.get();
}

MarkupReader::~MarkupReader() {
    xmlFreeParserCtxt(m_state->parser); // there is no tree: no handler makes one
}

Result<> MarkupReader::write(View view) {
    State& state = *m_state;
    const std::string_view declaration = state.form.declaration;
    // libxml2 takes a zero behind the root for the end and looks at nothing behind it.
    if (as_text(view).find('\0') != std::string_view::npos) return refuse(state.form.not_so);
    if (state.head.size() < declaration.size()) {
        const std::size_t missing = std::min(view.size(), declaration.size() - state.head.size());
        state.head += as_text(view.first(missing));
        view = view.subspan(missing);
        if (!declaration.starts_with(state.head)) return refuse(state.form.not_so);
        if (state.head.size() < declaration.size()) return {};
        xmlParseChunk(state.parser, state.head.data(), static_cast<int>(state.head.size()), 0);
    }
    while (!view.empty()) {
        const View next = view.first(std::min(piece, view.size()));
        view = view.subspan(next.size());
        const int code = xmlParseChunk(state.parser, as_text(next).data(), static_cast<int>(next.size()), 0);
        if (state.error) return std::unexpected(*state.error);
        if (code == XML_ERR_NO_MEMORY) return refuse(Reason::limit_memory);
        if (code != XML_ERR_OK) return refuse(state.form.not_so);
    }
    return {};
}

Result<> MarkupReader::finish() {
    State& state = *m_state;
    const int code = xmlParseChunk(state.parser, nullptr, 0, 1);
    if (state.error) return std::unexpected(*state.error);
    if (code == XML_ERR_NO_MEMORY) return refuse(Reason::limit_memory);
    if (code != XML_ERR_OK || !state.parser->wellFormed || !state.parser->nsWellFormed)
        return refuse(state.form.not_so);
    return {};
}

} // namespace sekisho::verify
