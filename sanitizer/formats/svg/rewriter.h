// One pass over a drawing: what is on the lists is written again, everything else is noted and left out.
#pragma once

#include <optional>

#include "sanitizer/formats/svg/foreign.h"
#include "sanitizer/formats/svg/names.h"
#include "sanitizer/formats/svg/parser.h"
#include "sanitizer/formats/svg/style.h"
#include "sanitizer/formats/svg/uses.h"

namespace sekisho::svg {

// What was left out, each to be noted once.
struct Loss {
    StyleLoss style;
    bool script = false;
    bool external = false;
    bool foreign = false;
    bool unknown = false;
    bool picture = false;
    bool animation = false;
    bool metadata = false;
};

class Rewriter final : public Events {
public:
    Rewriter(Context& context, Sink& out) : m_context(context), m_output(out) {}
    Result<> start(Name name, const std::vector<GivenAttribute>& attributes) override;
    Result<> end() override;
    Result<> characters(std::string_view text) override;

    Result<> finish();
    const Loss& loss() const { return m_loss; }

private:
    struct Open {
        Element kind = Element::container;
        std::string name;
        bool words = false;          // characters in here are drawn
        bool leaf = false;           // nothing inside is looked at
        std::optional<Foreign> held; // of a switch: a foreignObject whose stand-in may follow
    };
    // A text beside a foreignObject in a switch: drawing programs put a shortened copy there.
    struct StandIn {
        std::size_t depth = 0;
        std::string text;
        double x = 0, y = 0, size = 12;
    };

    Element kind_of_name(Name name) const;
    void note_left_out(Element kind, Name name, const std::vector<GivenAttribute>& attributes);
    Result<> open(Element kind, Name name, const std::vector<GivenAttribute>& attributes);
    Result<> write_attributes(Element kind, const std::vector<GivenAttribute>& attributes);
    void write_attribute(Element kind, const GivenAttribute& attribute);
    Result<bool> write_image(const std::vector<GivenAttribute>& attributes);
    void begin_stand_in(const std::vector<GivenAttribute>& attributes);
    void end_stand_in();
    void end_foreign();
    void release_held(Open& open);
    bool in_words() const { return !m_open.empty() && m_open.back().words; }

    Context& m_context;
    Output m_output;
    Loss m_loss;
    Uses m_uses;
    std::vector<Open> m_open;
    unsigned m_left_out = 0;   // depth inside of what is left out
    Backgrounds m_backgrounds; // of the sheets so far
    std::optional<Foreign> m_foreign;
    std::vector<std::string> m_foreign_names; // open elements inside of it
    std::optional<StandIn> m_stand_in;
    std::string m_sheet; // of the style element that is open
    std::uint32_t m_pictures = 0;
    bool m_drawn = false;
};

} // namespace sekisho::svg
