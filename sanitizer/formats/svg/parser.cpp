#include "sanitizer/formats/svg/parser.h"

#include <algorithm>
#include <new>
#include <optional>

namespace sekisho::svg {

namespace {

constexpr unsigned deepest = 256;
constexpr char separator = '\n'; // between a namespace and a name: no namespace has one

Name split(const char* raw) {
    const std::string_view text(raw);
    const std::size_t at = text.rfind(separator);
    if (at == text.npos) return {{}, text};
    return {text.substr(0, at), text.substr(at + 1)};
}

// A namespace's name, as Adobe Illustrator declares them; no markup, no other entity.
bool is_namespace_name(std::string_view value) {
    constexpr std::size_t longest = 256;
    return value.size() <= longest && (value.starts_with("http://") || value.starts_with("https://")) &&
           std::ranges::all_of(value, [](char c) { return c > ' ' && c < 0x7f && c != '<' && c != '&' && c != '%'; });
}

class Parser {
public:
    Parser(Events& events, Budget& budget)
        : m_events(events), m_budget(budget), m_parser(XML_ParserCreateNS(nullptr, separator), XML_ParserFree) {
        if (!m_parser) throw std::bad_alloc();
        XML_Parser parser = m_parser.get();
        XML_SetUserData(parser, this);
        XML_SetElementHandler(
            parser,
            [](void* self, const char* name, const char** attributes) {
                guarded(self, [&](Parser& at) { return at.start(name, attributes); });
            },
            [](void* self, const char*) {
                guarded(self, [](Parser& at) {
                    --at.m_depth;
                    return at.m_events.end();
                });
            });
        XML_SetCharacterDataHandler(parser, [](void* self, const char* text, int size) {
            guarded(self, [&](Parser& at) { return at.m_events.characters({text, static_cast<std::size_t>(size)}); });
        });
        XML_SetEntityDeclHandler(parser, [](void* self, const char*, int parameter, const char* value, int size,
                                            const char*, const char*, const char*, const char*) {
            guarded(self, [&](Parser& at) -> Result<> {
                at.m_markup.entities = true;
                const bool plain =
                    parameter == 0 && value && is_namespace_name({value, static_cast<std::size_t>(size)});
                return plain ? Result<>() : refuse(Reason::svg_dtd);
            });
        });
        XML_SetAttlistDeclHandler(
            parser, [](void* self, const char*, const char*, const char*, const char* value, int) {
                // Values that no element says.
                guarded(self, [&](Parser&) -> Result<> { return value ? refuse(Reason::svg_dtd) : Result<>(); });
            });
        XML_SetProcessingInstructionHandler(parser, [](void* self, const char* target, const char*) {
            auto& markup = static_cast<Parser*>(self)->m_markup;
            (std::string_view(target) == "xml-stylesheet" ? markup.stylesheet : markup.instruction) = true;
        });
        XML_SetSkippedEntityHandler(
            parser, [](void* self, const char*, int) { static_cast<Parser*>(self)->m_markup.skipped = true; });
    }

    Result<Markup> run(const Source& in) {
        Bytes piece(64 * 1024);
        for (std::uint64_t at = 0;;) {
            TRY(m_budget.check_time());
            const std::size_t count = TRY(in.read_at(at, piece));
            at += count;
            TRY(m_budget.take_unpacked(count));
            const auto status =
                XML_Parse(m_parser.get(), as_chars(piece.data()), static_cast<int>(count), count < piece.size());
            if (m_error) return std::unexpected(*m_error);
            if (status != XML_STATUS_OK) return refuse(Reason::input_damaged);
            if (count < piece.size()) return m_markup;
        }
    }

private:
    // Nothing may be thrown through expat, which is C.
    template <typename Body> static void guarded(void* self, Body body) {
        auto& parser = *static_cast<Parser*>(self);
        if (parser.m_error) return;
        try {
            if (auto done = body(parser); !done) parser.stop(done.error());
        } catch (const std::bad_alloc&) {
            parser.stop(refuse(Reason::limit_memory).error());
        } catch (...) {
            parser.stop(refuse(Reason::internal).error());
        }
    }

    void stop(const Error& error) {
        m_error = error;
        XML_StopParser(m_parser.get(), XML_FALSE);
    }

    Result<> start(const char* name, const char** attributes) {
        TRY(m_budget.check_time());
        if (++m_depth > deepest) return refuse(Reason::limit_depth);
        m_attributes.clear();
        for (; *attributes; attributes += 2) m_attributes.push_back({split(attributes[0]), attributes[1]});
        return m_events.start(split(name), m_attributes);
    }

    Events& m_events;
    Budget& m_budget;
    std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> m_parser;
    std::vector<GivenAttribute> m_attributes;
    std::optional<Error> m_error;
    Markup m_markup;
    unsigned m_depth = 0;
};

} // namespace

Result<Markup> parse(const Source& in, Events& events, Budget& budget) {
    return Parser(events, budget).run(in);
}

} // namespace sekisho::svg
