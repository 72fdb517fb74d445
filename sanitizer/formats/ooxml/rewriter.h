// One part: parsed, judged name by name and written again, in one pass.
#pragma once

#include <bitset>
#include <map>
#include <string>
#include <vector>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/ooxml/fields.h"
#include "sanitizer/formats/ooxml/kinds.h"
#include "sanitizer/formats/ooxml/relations.h"
#include "sanitizer/formats/ooxml/xml_output.h"
#include "sanitizer/formats/ooxml/xml_parser.h"

namespace sekisho::ooxml {

// What one part of a workbook must know of another.
struct Book {
    std::vector<std::string> sheets_gone;
    std::vector<int> sheet_numbers; // old to new, counted from 0; -1: gone
    int sheets = 0;
    bool since_1904 = false;
    bool converted = false; // by the suite: markup that is unknown is its own
    bool strict = false;    // a part was ISO Strict, and that has been reported
};

class Rewriter final : public XmlEvents {
public:
    Rewriter(const KindRow& kind, PartRelations& relations, Book& book, Context& context, Sink& out);
    void set_parser(const XmlParser& parser) { m_parser = &parser; }

    Result<Go> start(Ns ns, std::string_view name, std::span<const XmlAttribute> attributes) override;
    Result<> end() override;
    Result<> text(std::string_view text) override;
    Result<> finish();

private:
    using Attributes = std::span<const XmlAttribute>;
    using Expect = PartRelations::Expect;

    struct Frame {
        const ElementRow* row = nullptr;
        Rule rule = Rule::keep;
        XmlOutput::Mark mark;   // before the element, and before the '>' of the one around it
        std::uint64_t from = 0; // of the '<'
        bool written = true;    // false: only what is inside is written
        bool held = false;      // nothing is handed over while it is open
        bool capture = false;   // characters are gathered, not written
        bool doomed = false;    // goes at its end
        bool literal = false;   // a chart reference that became a literal
        bool story = false;
        bool refused = false;     // an OLE object in it was refused
        bool alternative = false; // a choice in it was kept
        int revision = 0;
        std::uint64_t inner_from = 0; // of what may be kept of it alone
        std::uint64_t inner_to = 0;
    };

    // rewriter.cpp
    Result<Go> start_root(Ns ns, std::string_view name, Attributes attributes);
    Result<Go> admit(const ElementRow& row, Rule rule, Attributes attributes);
    Go unknown();
    Go drop(Finding finding);
    Frame& push(const ElementRow& row, Rule rule, Attributes attributes, bool held = false);
    Frame& push_silent(const ElementRow& row, Rule rule);
    void hold(Frame& frame);
    void cut(const Frame& frame);
    Result<> finish_element(Frame& frame);
    void found(Finding finding, Action action = Action::removed);
    Frame* nearest(std::initializer_list<Rule> rules);
    void mark_unclean();
    void doom_graphic();
    const Frame* parent() const { return m_frames.empty() ? nullptr : &m_frames.back(); }
    bool parent_is(Rule rule) const { return parent() && parent()->rule == rule; }

    // rewriter_attributes.cpp
    void write_attributes(const ElementRow& row, Rule rule, Attributes attributes);
    void write_attribute(const ElementRow& row, Rule rule, const XmlAttribute& attribute);
    bool write_special(const ElementRow& row, Rule rule, const XmlAttribute& attribute);
    bool write_chance(const ElementRow& row, Rule rule, const XmlAttribute& attribute);
    void write_program(const XmlAttribute& attribute);
    void write_transitional(const ElementRow& row, Rule rule, const XmlAttribute& attribute);
    void write_table_look(const ElementRow& row, Attributes attributes);
    void write_author(const XmlAttribute& attribute);
    void write_relation(Rule rule, const XmlAttribute& attribute);
    void write_picture(Attributes attributes);
    void write_external(const XmlAttribute& attribute);
    Related* resolve(std::string_view id, Expect expect);
    enum class Leads : std::uint8_t { none, everywhere, astray };
    Leads relations_lead(Attributes attributes, Expect expect);

    // rewriter_compatibility.cpp
    Result<Go> start_alternate(const ElementRow& row, Attributes attributes);
    Result<Go> start_choice(const ElementRow& row, Attributes attributes);
    Result<Go> start_extension(const ElementRow& row, Attributes attributes);
    void finish_choice(Frame& frame);
    void finish_fallback(Frame& frame);
    void finish_alternate(Frame& frame);

    // rewriter_word.cpp
    Result<Go> start_field_character(const ElementRow& row, Attributes attributes);
    Result<Go> start_field_simple(const ElementRow& row, Attributes attributes);
    Result<Go> start_instruction(const ElementRow& row, Attributes attributes);
    void apply(const Fields::Verdict& verdict);

    // rewriter_sheet.cpp
    Result<Go> start_formula(const ElementRow& row, Rule rule, Attributes attributes);
    Result<Go> start_defined_name(const ElementRow& row, Attributes attributes);
    Result<Go> start_sheet(const ElementRow& row, Attributes attributes);
    Result<Go> start_sheet_hyperlink(const ElementRow& row, Attributes attributes);
    Result<Go> start_cell(const ElementRow& row, Attributes attributes);
    Result<Go> start_cell_value(const ElementRow& row, Attributes attributes);
    void finish_cell_value(Frame& frame);
    void finish_formula(Frame& frame);
    void finish_chart_formula(Frame& frame);

    // rewriter_drawing.cpp
    Result<Go> start_action(const ElementRow& row, Attributes attributes);
    Result<Go> start_graphic_data(const ElementRow& row, Attributes attributes);
    Result<Go> start_ole_object(const ElementRow& row, Attributes attributes);
    Result<Go> start_picture(const ElementRow& row, Attributes attributes);
    void finish_graphic(Frame& frame);

    const KindRow& m_kind;
    PartRelations& m_relations;
    Book& m_book;
    Context& m_context;
    XmlOutput m_out;
    const XmlParser* m_parser = nullptr;
    Fields m_fields;
    std::vector<Frame> m_frames;
    std::string m_captured;
    std::bitset<static_cast<std::size_t>(Finding::count)> m_found;
    std::vector<bool> m_shared_gone; // shared formulas of this sheet whose text did not pass, by number
    std::uint64_t m_shared = 0;      // of the formula that is open, plus one; 0: none
    Type m_object = Type::unknown;   // of the embedded document that is open
    std::string m_frame_shape;       // number of the graphic frame that is open
    std::uint32_t m_field_number = 0, m_object_number = 0; // how many were written
    std::uint32_t m_rows = 0;                              // of the sheet so far
    std::map<std::string, std::size_t> m_axes;             // number of each axis of a chart
    Stretch m_cell_type; // of the cell that is open, if its value is a date; empty otherwise
    int m_revision = 0;
    unsigned m_held = 0;
};

std::string_view value_of(std::span<const XmlAttribute> attributes, std::string_view name, Ns ns = Ns::none);
bool is_relation(const XmlAttribute& attribute);

} // namespace sekisho::ooxml
