#include "sanitizer/formats/xml/rewriter.h"

#include <expat.h>

#include <algorithm>

#include "sanitizer/formats/xml/namespaces.h"

namespace sekisho::xml {

namespace {

Error error_of(Reason reason) {
    return refuse(reason).error();
}

bool is_declaration(std::string_view name) {
    return name == "xmlns" || name.starts_with("xmlns:");
}

} // namespace

// Nothing may be thrown through expat, which is C.
struct Rewriter::Callbacks {
    template <typename Body> static void guarded(void* self, Body body) {
        auto& rewriter = *static_cast<Rewriter*>(self);
        if (rewriter.m_failed) return;
        try {
            body(rewriter);
        } catch (const std::bad_alloc&) {
            rewriter.stop(error_of(Reason::limit_memory));
        } catch (...) {
            rewriter.stop(error_of(Reason::internal));
        }
    }
    static void start(void* self, const char* name, const char** attributes) {
        guarded(self, [&](Rewriter& rewriter) { rewriter.start(name, attributes); });
    }
    static void end(void* self, const char* name) {
        guarded(self, [&](Rewriter& rewriter) { rewriter.end(name); });
    }
    static void text(void* self, const char* text, int size) {
        guarded(self, [&](Rewriter& rewriter) { rewriter.characters({text, static_cast<std::size_t>(size)}); });
    }
    static void comment(void* self, const char* text) {
        guarded(self, [&](Rewriter& rewriter) { rewriter.comment(text); });
    }
    static void instruction(void* self, const char*, const char*) {
        guarded(self, [&](Rewriter& rewriter) { rewriter.m_context.found(Finding::xml_instruction, Action::removed); });
    }
    static void doctype(void* self, const char*, const char*, const char*, int) {
        guarded(self, [&](Rewriter& rewriter) { rewriter.stop(error_of(Reason::xml_dtd)); });
    }
};

Rewriter::Rewriter(Context& context, Sink& out, text::Whole& counts)
    : m_context(context), m_sink(out), m_counts(counts), m_parser(XML_ParserCreate("UTF-8")) {
    if (!m_parser) throw std::bad_alloc();
    XML_SetUserData(m_parser, this);
    XML_SetElementHandler(m_parser, Callbacks::start, Callbacks::end);
    XML_SetCharacterDataHandler(m_parser, Callbacks::text);
    XML_SetCommentHandler(m_parser, Callbacks::comment);
    XML_SetProcessingInstructionHandler(m_parser, Callbacks::instruction);
    XML_SetStartDoctypeDeclHandler(m_parser, Callbacks::doctype);
}

Rewriter::~Rewriter() {
    XML_ParserFree(m_parser);
}

void Rewriter::stop(Error error) {
    m_error = std::move(error);
    m_failed = true;
    XML_StopParser(m_parser, XML_FALSE);
}

Result<> Rewriter::run(std::string_view document) {
    constexpr std::size_t piece = 256 * 1024, worth_writing = 64 * 1024;
    m_out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    for (bool last = false; !last;) {
        const std::string_view next = document.substr(0, piece);
        document.remove_prefix(next.size());
        last = document.empty();
        const auto status = XML_Parse(m_parser, next.data(), static_cast<int>(next.size()), last ? 1 : 0);
        if (m_failed) return std::unexpected(m_error);
        if (status != XML_STATUS_OK) return refuse(Reason::input_damaged);
        TRY(flush(worth_writing));
    }
    m_out += '\n';
    return flush(0);
}

Result<> Rewriter::flush(std::size_t worth) {
    if (m_out.size() < worth) return {};
    TRY(m_context.budget().take_unpacked(m_out.size()));
    TRY(m_sink.write(std::string_view(m_out)));
    m_out.clear();
    return {};
}

std::string Rewriter::cleaned(std::string_view text) {
    std::string clean(text);
    // Only what a character reference brought: the document itself was cleaned before it came here.
    text::clean_again(clean, m_counts);
    return clean;
}

void Rewriter::close_tag() {
    if (m_tag_open) m_out += '>';
    m_tag_open = false;
}

void Rewriter::escaped(std::string_view text, bool in_attribute) {
    for (const char c : text) {
        switch (c) {
        case '&':
            m_out += "&amp;";
            break;
        case '<':
            m_out += "&lt;";
            break;
        case '>':
            m_out += "&gt;";
            break;
        case '\r':
            m_out += "&#13;";
            break;
        case '"':
            m_out += in_attribute ? "&quot;" : "\"";
            break;
        case '\n':
            m_out += in_attribute ? "&#10;" : "\n";
            break;
        case '\t':
            m_out += in_attribute ? "&#9;" : "\t";
            break;
        default:
            m_out += c;
        }
    }
}

void Rewriter::attribute(std::string_view name, std::string_view value) {
    std::string clean = cleaned(value);
    if (is_declaration(name)) {
        const Behaviour behaviour = behaviour_of(clean);
        if (behaviour == Behaviour::program) return stop(error_of(Reason::xml_program));
        if (behaviour == Behaviour::office) return stop(error_of(Reason::type_unsupported));
        if (behaviour == Behaviour::acts || behaviour == Behaviour::unknown) {
            const bool acts = behaviour == Behaviour::acts;
            m_context.found(acts ? Finding::xml_active : Finding::xml_unknown, Action::rewritten);
            clean.insert(0, inert);
        }
    }
    m_out += ' ';
    m_out += name;
    m_out += "=\"";
    escaped(clean, true);
    m_out += '"';
}

void Rewriter::start(std::string_view name, const char** attributes) {
    if (m_depth >= deepest) return stop(error_of(Reason::limit_depth));
    if (auto in_time = m_context.budget().check_time(); !in_time) return stop(std::move(in_time).error());
    ++m_depth;
    close_tag();
    m_out += '<';
    m_out += name;
    for (; *attributes && !m_failed; attributes += 2) attribute(attributes[0], attributes[1]);
    m_tag_open = true;
}

void Rewriter::end(std::string_view name) {
    --m_depth;
    if (m_tag_open) {
        m_out += "/>";
        m_tag_open = false;
        return;
    }
    m_out += "</";
    m_out += name;
    m_out += '>';
}

void Rewriter::characters(std::string_view text) {
    close_tag();
    escaped(cleaned(text), false);
}

// Those before and behind the root are dropped: there they are the place of declarations for other programs.
void Rewriter::comment(std::string_view text) {
    if (m_depth == 0) return;
    std::string clean = cleaned(text);
    // Removing characters may have brought hyphens together.
    for (std::size_t at = clean.find("--"); at != clean.npos; at = clean.find("--", at)) clean.insert(at + 1, 1, ' ');
    if (clean.ends_with('-')) clean += ' ';
    close_tag();
    m_out += "<!--" + clean + "-->";
}

} // namespace sekisho::xml
