#include "sanitizer/verify/html/html.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <optional>

#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>

#include "sanitizer/verify/html/lists.h"
#include "sanitizer/verify/html/style.h"
#include "sanitizer/verify/markup/parse_state.h"
#include "sanitizer/verify/text/text.h"

namespace sekisho::verify {

namespace {

constexpr std::string_view beginning = "<!DOCTYPE html>\n<html";
constexpr std::string_view head_line =
    "\n<head>\n<meta charset=\"UTF-8\" />\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "img-src data: cid:; style-src 'unsafe-inline'\" />\n<title>";
constexpr std::string_view ending = "</body>\n</html>\n";

std::string_view view_of(const xmlChar* text) {
    return text ? std::string_view(as_chars(text)) : std::string_view();
}

// One reading of the page.
struct State : ParseState {
    State(const Limits& within, VerifyPicture verify_picture, const std::vector<std::string>& ids)
        : limits(within), picture(verify_picture), content_ids(ids) {}

    const Limits& limits;
    VerifyPicture picture;
    const std::vector<std::string>& content_ids;
    bool check_pictures = true;

    std::vector<std::string> seen; // the elements that no parser adds by itself, in order
    std::string sheet;
    bool in_sheet = false;
    int metas = 0;

    void start(std::string_view name, const xmlChar** attributes) {
        if (!html_element_allowed(name)) return stop(Reason::verify_html_element);
        constexpr std::string_view implied[] = {"html", "head", "body", "p", "tbody", "colgroup"};
        if (std::ranges::find(implied, name) == std::end(implied)) seen.emplace_back(name);
        if (name == "meta" && ++metas > 2) return stop(Reason::verify_html_element); // the two of head_line
        in_sheet = name == "style";
        for (; !error && attributes && *attributes; attributes += 2)
            attribute(name, view_of(attributes[0]), view_of(attributes[1]));
    }
    void end(std::string_view name) {
        if (name != "style") return;
        if (!sheet.starts_with('\n') || !sheet_allowed(std::string_view(sheet).substr(1)))
            stop(Reason::verify_html_style);
        sheet.clear();
        in_sheet = false;
    }
    void characters(std::string_view text) {
        if (in_sheet) sheet += text;
    }

    void attribute(std::string_view element, std::string_view name, std::string_view value) {
        if (!html_attribute_allowed(element, name)) return stop(Reason::verify_html_attribute);
        if (const auto clean = verify::text(MemorySource(as_view(value)), limits); !clean) return stop(clean.error());
        if (name == "style" && (value.empty() || !declarations_allowed(value))) return stop(Reason::verify_html_style);
        if (name == "href" && !html_link_allowed(value)) return stop(Reason::verify_html_attribute);
        if (name == "src") source(value);
    }

    void source(std::string_view address) {
        if (address.starts_with("cid:")) {
            if (std::ranges::find(content_ids, address.substr(4)) == content_ids.end())
                stop(Reason::verify_html_attribute);
            return;
        }
        for (const Type type : {Type::png, Type::jpeg, Type::svg}) {
            const std::string start = "data:" + std::string(row_of(type).media) + ";base64,";
            if (!address.starts_with(start)) continue;
            const auto bytes = from_base64(address.substr(start.size()));
            if (!bytes) break;
            if (!check_pictures) return;
            if (const auto good = picture(type, MemorySource(*bytes), limits); !good) stop(good.error());
            return;
        }
        stop(Reason::verify_html_attribute);
    }
};

State& state_of(void* parser) {
    return *static_cast<State*>(static_cast<xmlParserCtxtPtr>(parser)->_private);
}
void silent(void*, const char*, ...) {}
void not_allowed(void* parser) {
    state_of(parser).stop(Reason::verify_html_shape);
}

xmlSAXHandler make_handler() {
    xmlSAXHandler sax;
    std::memset(&sax, 0, sizeof sax);
    sax.startElement = [](void* parser, const xmlChar* name, const xmlChar** attributes) {
        State& state = state_of(parser);
        state.guard([&] { state.start(view_of(name), attributes); });
    };
    sax.endElement = [](void* parser, const xmlChar* name) {
        State& state = state_of(parser);
        state.guard([&] { state.end(view_of(name)); });
    };
    sax.characters = [](void* parser, const xmlChar* text, int size) {
        State& state = state_of(parser);
        state.guard([&] { state.characters({as_chars(text), static_cast<std::size_t>(size)}); });
    };
    sax.ignorableWhitespace = sax.characters;
    sax.internalSubset = [](void* parser, const xmlChar* name, const xmlChar* external, const xmlChar* system) {
        if (view_of(name) != "html" || external || system) not_allowed(parser);
    };
    sax.comment = [](void* parser, const xmlChar*) { not_allowed(parser); };
    sax.processingInstruction = [](void* parser, const xmlChar*, const xmlChar*) { not_allowed(parser); };
    sax.error = silent;
    sax.warning = silent;
    return sax;
}

using Parser = std::unique_ptr<xmlParserCtxt, void (*)(xmlParserCtxtPtr)>;

// Errors are of no matter to an HTML parser: it reads everything.
Result<> read_all(State& state, Parser parser, View page, bool html) {
    if (!parser) throw std::bad_alloc();
    parser->_private = &state;
    parser->options |= XML_PARSE_HUGE;
    state.parser = parser.get();
    constexpr std::size_t piece = 64 * 1024;
    int code = XML_ERR_OK;
    for (bool last = false; !last && !state.error && (html || code == XML_ERR_OK);) {
        const View next = page.first(std::min(piece, page.size()));
        page = page.subspan(next.size());
        last = page.empty();
        const int size = static_cast<int>(next.size());
        code = html ? htmlParseChunk(parser.get(), as_text(next).data(), size, last)
                    : xmlParseChunk(parser.get(), as_text(next).data(), size, last);
    }
    if (state.error) return std::unexpected(*state.error);
    if (!html && (code != XML_ERR_OK || !parser->wellFormed)) return refuse(Reason::verify_html_shape);
    return {};
}

// References to characters other than those that our writer writes could hide something from the raw check.
bool references_as_written(std::string_view page) {
    for (std::size_t at = page.find('&'); at != page.npos; at = page.find('&', at + 1)) {
        const std::string_view rest = page.substr(at, 6);
        bool known = false;
        for (const std::string_view reference : {"&amp;", "&lt;", "&gt;", "&quot;", "&#9;", "&#10;"})
            known = known || rest.starts_with(reference);
        if (!known) return false;
    }
    return true;
}

Result<> check(const Source& source, const Limits& limits, VerifyPicture picture,
               const std::vector<std::string>& content_ids) {
    TRY(verify::text(source, limits));
    const View page = TRY(source.whole(limits.bytes_out));
    const std::string_view text = as_text(page);
    const std::size_t head = text.find('>', beginning.size());
    if (!text.starts_with(beginning) || head == text.npos || !text.substr(head + 1).starts_with(head_line) ||
        !text.ends_with(ending) || !references_as_written(text))
        return refuse(Reason::verify_html_shape);
    xmlSAXHandler sax = make_handler();
    State as_xml(limits, picture, content_ids);
    Parser xml(xmlCreatePushParserCtxt(&sax, nullptr, nullptr, 0, nullptr), xmlFreeParserCtxt);
    if (xml) xmlCtxtUseOptions(xml.get(), XML_PARSE_NONET | XML_PARSE_SAX1 | XML_PARSE_HUGE | XML_PARSE_NOENT);
    TRY(read_all(as_xml, std::move(xml), page, false));
    State as_html(limits, picture, content_ids);
    as_html.check_pictures = false;
    sax.cdataBlock = sax.characters; // how the content of <style> comes
    Parser html(htmlCreatePushParserCtxt(&sax, nullptr, nullptr, 0, nullptr, XML_CHAR_ENCODING_UTF8),
                htmlFreeParserCtxt);
    if (html) htmlCtxtUseOptions(html.get(), HTML_PARSE_NONET);
    TRY(read_all(as_html, std::move(html), page, true));
    if (as_xml.seen != as_html.seen) return refuse(Reason::verify_html_shape);
    return {};
}

} // namespace

Result<> html(const Source& source, const Limits& limits, VerifyPicture picture,
              const std::vector<std::string>& content_ids) try {
    return check(source, limits, picture, content_ids);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::exception&) {
    return refuse(Reason::verify_html_shape);
}

} // namespace sekisho::verify
