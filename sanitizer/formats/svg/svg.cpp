#include "sanitizer/formats/svg/svg.h"

#include <new>
#include <stdexcept>

#include "sanitizer/formats/svg/rewriter.h"
#include "sanitizer/formats/text/text.h"

namespace sekisho::svg {

namespace {

void note(Context& context, const Loss& loss, const Markup& markup) {
    const StyleLoss& style = loss.style;
    if (loss.script || style.script) context.found(Finding::svg_script, Action::removed);
    if (loss.external || style.external || markup.stylesheet) context.found(Finding::svg_external, Action::removed);
    if (markup.entities) context.found(Finding::svg_entity, Action::removed);
    if (loss.foreign) context.found(Finding::svg_foreign, Action::converted);
    if (loss.unknown || style.unknown || markup.skipped) context.found(Finding::svg_unknown, Action::removed);
    if (loss.picture) context.found(Finding::svg_picture, Action::removed);
    if (loss.animation || style.animation) context.found(Finding::svg_animation, Action::removed);
    if (loss.metadata || markup.instruction) context.found(Finding::svg_metadata, Action::removed);
}

// The characters only.
class Words final : public Events {
public:
    Result<> start(Name name, const std::vector<GivenAttribute>&) override {
        const bool hidden = name.local == "script" || name.local == "style" || name.local == "metadata";
        const Element kind = kind_of(name.local);
        const bool words = kind == Element::words || kind == Element::note || kind == Element::foreign;
        m_states.push_back(hidden                                                            ? State::hidden
                           : words || (!m_states.empty() && m_states.back() == State::words) ? State::words
                                                                                             : State::silent);
        if (!m_states.empty() && m_states.back() == State::words && name.local != "tspan") line();
        return {};
    }
    Result<> end() override {
        m_states.pop_back();
        return {};
    }
    Result<> characters(std::string_view text) override {
        if (m_states.empty() || m_states.back() != State::words) return {};
        for (char c : text) {
            if (c == '\n' || c == '\r' || c == '\t') c = ' ';
            if (c == ' ' && (m_text.empty() || m_text.back() == ' ' || m_text.back() == '\n')) continue;
            m_text += c;
        }
        return {};
    }
    std::string take() {
        line();
        return std::move(m_text);
    }

private:
    enum class State : std::uint8_t { silent, words, hidden };

    void line() {
        while (m_text.ends_with(' ')) m_text.pop_back();
        if (!m_text.empty() && m_text.back() != '\n') m_text += '\n';
    }

    std::vector<State> m_states;
    std::string m_text;
};

} // namespace

Result<Type> rebuild(Job& job) try {
    Rewriter rewriter(job.context, job.out);
    const Markup markup = TRY(parse(job.in, rewriter, job.context.budget()));
    TRY(rewriter.finish());
    note(job.context, rewriter.loss(), markup);
    return Type::svg;
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
} catch (const std::length_error&) {
    return refuse(Reason::limit_memory);
}

Result<Type> text(Job& job) try {
    Words words;
    TRY(parse(job.in, words, job.context.budget()));
    const std::string found = words.take();
    const MemorySource source(as_view(found));
    Job inner{source, job.out, Type::text, job.context};
    return text::plain(inner);
} catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::svg
