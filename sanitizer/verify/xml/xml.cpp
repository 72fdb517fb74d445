#include "sanitizer/verify/xml/xml.h"

#include <cctype>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <optional>

#include <libxml/xmlerror.h>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/markup/parse_state.h"
#include "sanitizer/verify/text/text.h"

namespace sekisho::verify {

namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

std::string_view view_of(const xmlChar* text) {
    return text ? std::string_view(as_chars(text)) : std::string_view();
}

std::string lower(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return made;
}

bool begins(std::string_view name, std::string_view start) {
    if (!name.starts_with(start)) return false;
    const char next = name.size() > start.size() ? name[start.size()] : '/';
    return next == '/' || next == '#' || next == ':';
}

// The host of an http or https name: letters, digits, '-' and '.' up to the first '/', '#' or ':'.
std::string_view host_of(std::string_view name) {
    const std::size_t scheme = name.starts_with("http://") ? 7 : name.starts_with("https://") ? 8 : name.size();
    const std::string_view rest = name.substr(scheme);
    std::size_t end = 0;
    while (end < rest.size() &&
           (std::isalnum(static_cast<unsigned char>(rest[end])) || rest[end] == '-' || rest[end] == '.'))
        ++end;
    return begins(rest, rest.substr(0, end)) ? rest.substr(0, end) : std::string_view();
}

// A namespace that nothing acts on: made inert, a record's, or named after somebody in Japan.
bool is_data(std::string_view uri) {
    const std::string name = lower(uri);
    if (name.empty() || name.starts_with("urn:inert:") || host_of(name).ends_with(".jp")) return true;
    for (const std::string_view start : {
#define XML_VOCABULARY(start) start,
#include "sanitizer/catalogue/xml_vocabularies.def"
#undef XML_VOCABULARY
         })
        if (begins(name, start)) return true;
    return false;
}

struct State : ParseState {
    void text(std::string_view text) {
        const auto clean = verify::text(MemorySource(as_view(text)), {});
        if (!clean) stop(reason_of(clean.error()));
    }
    void start(const xmlChar** attributes) {
        for (; !error && attributes && *attributes; attributes += 2) {
            const std::string_view name = view_of(attributes[0]);
            const std::string_view value = view_of(attributes[1]);
            text(value);
            if ((name == "xmlns" || name.starts_with("xmlns:")) && !is_data(value)) stop(Reason::verify_xml_active);
        }
    }
};

State& state_of(void* parser) {
    return *static_cast<State*>(static_cast<xmlParserCtxtPtr>(parser)->_private);
}

void silent(void*, const char*, ...) {}

// SAX1: namespaces are attributes, and values come with their references resolved.
xmlSAXHandler make_handler() {
    xmlSAXHandler sax;
    std::memset(&sax, 0, sizeof sax);
    sax.startElement = [](void* parser, const xmlChar*, const xmlChar** attributes) {
        State& state = state_of(parser);
        state.guard([&] { state.start(attributes); });
    };
    sax.endElement = [](void*, const xmlChar*) {};
    sax.characters = [](void* parser, const xmlChar* text, int size) {
        State& state = state_of(parser);
        state.guard([&] { state.text({as_chars(text), static_cast<std::size_t>(size)}); });
    };
    sax.ignorableWhitespace = sax.characters;
    sax.comment = [](void* parser, const xmlChar* text) {
        State& state = state_of(parser);
        state.guard([&] { state.text(view_of(text)); });
    };
    sax.internalSubset = [](void* parser, const xmlChar*, const xmlChar*, const xmlChar*) {
        state_of(parser).stop(Reason::verify_xml);
    };
    sax.processingInstruction = [](void* parser, const xmlChar*, const xmlChar*) {
        state_of(parser).stop(Reason::verify_xml);
    };
    sax.cdataBlock = [](void* parser, const xmlChar*, int) { state_of(parser).stop(Reason::verify_xml); };
    sax.error = silent;
    sax.warning = silent;
    return sax;
}

Result<> check(const Source& source, const Limits& limits) {
    TRY(verify::text(source, limits));
    Bytes buffer(declaration.size());
    if (TRY(source.read_at(0, buffer)) != buffer.size() || as_text(buffer) != declaration)
        return refuse(Reason::verify_xml);
    State state;
    xmlSAXHandler sax = make_handler();
    const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> parser(
        xmlCreatePushParserCtxt(&sax, nullptr, nullptr, 0, nullptr), xmlFreeParserCtxt);
    if (!parser) throw std::bad_alloc();
    // NOENT: what SAX1 tells of attributes is then the value; there is no document type that could bring an entity.
    xmlCtxtUseOptions(parser.get(), XML_PARSE_NONET | XML_PARSE_SAX1 | XML_PARSE_HUGE | XML_PARSE_NOENT);
    parser->_private = &state;
    state.parser = parser.get();
    buffer.resize(64 * 1024);
    for (std::uint64_t offset = 0; offset < source.size();) {
        const std::size_t count = TRY(source.read_at(offset, buffer));
        if (count == 0) return refuse(Reason::input_short);
        offset += count;
        const int code = xmlParseChunk(parser.get(), as_chars(buffer.data()), static_cast<int>(count), 0);
        if (state.error) return std::unexpected(*state.error);
        if (code != XML_ERR_OK) return refuse(Reason::verify_xml);
    }
    const int code = xmlParseChunk(parser.get(), nullptr, 0, 1);
    if (state.error) return std::unexpected(*state.error);
    if (code != XML_ERR_OK || !parser->wellFormed) return refuse(Reason::verify_xml);
    return {};
}

} // namespace

Result<> xml(const Source& source, const Limits& limits) try {
    return check(source, limits);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::verify_xml);
}

} // namespace sekisho::verify
