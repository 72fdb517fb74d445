#include "sanitizer/formats/ooxml/rewriter.h"

#include <utility>

#include "sanitizer/formats/ooxml/strict.h"

namespace sekisho::ooxml {

namespace {

bool is_white(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool speaks(const NsRow& ns, Dialect dialect) {
    return (ns.dialects & static_cast<unsigned>(dialect)) != 0;
}

// "tc={GUID}": not a person but the thread that a note of Excel stands for ([MS-XLSX] 2.6.205).
bool is_thread_name(std::string_view author) {
    return author.size() == 41 && author.starts_with("tc={") && author.ends_with('}') &&
           author.find_first_not_of("0123456789ABCDEFabcdef-", 4) == 40;
}

} // namespace

std::string_view value_of(std::span<const XmlAttribute> attributes, std::string_view name, Ns ns) {
    for (const XmlAttribute& attribute : attributes)
        if (attribute.ns == ns && attribute.name == name) return attribute.value;
    return {};
}

Rewriter::Rewriter(const KindRow& kind, PartRelations& relations, Book& book, Context& context, Sink& out)
    : m_kind(kind), m_relations(relations), m_book(book), m_context(context),
      m_out(out, context.limits().bytes_in_memory) {}

void Rewriter::found(Finding finding, Action action) {
    const auto bit = static_cast<std::size_t>(finding);
    if (finding == Finding::none || m_found.test(bit)) return; // once in a part is enough
    if (finding == Finding::ooxml_unknown_element && m_book.converted) return;
    m_found.set(bit);
    m_context.found(finding, action);
}

Rewriter::Frame* Rewriter::nearest(std::initializer_list<Rule> rules) {
    for (std::size_t i = m_frames.size(); i-- > 0;)
        for (const Rule rule : rules)
            if (m_frames[i].rule == rule) return &m_frames[i];
    return nullptr;
}

void Rewriter::mark_unclean() {
    if (Frame* around = nearest({Rule::extension, Rule::choice, Rule::fallback})) around->doomed = true;
}

void Rewriter::doom_graphic() {
    mark_unclean();
    if (Frame* frame = nearest({Rule::graphic_frame, Rule::ole_frame})) frame->doomed = true;
}

XmlEvents::Go Rewriter::unknown() {
    found(Finding::ooxml_unknown_element);
    mark_unclean();
    if (parent_is(Rule::graphic_data)) doom_graphic();
    return Go::past;
}

XmlEvents::Go Rewriter::drop(Finding finding) {
    found(finding);
    if (parent_is(Rule::graphic_data)) doom_graphic();
    return Go::past;
}

Result<XmlEvents::Go> Rewriter::start_root(Ns ns, std::string_view name, Attributes attributes) {
    if (ns != m_kind.root_ns || name != m_kind.root) return refuse(Reason::input_damaged);
    const ElementRow* row = find_element(ns, name);
    static constexpr ElementRow user_shapes{Ns::c, "userShapes", Rule::keep, Finding::none, false};
    if (ns == Ns::c && name == "userShapes") row = &user_shapes; // the same name is a reference inside a chart
    if (!row) bug("a root that is on no list");
    if (m_parser->is_strict() && !std::exchange(m_book.strict, true)) found(Finding::ooxml_strict, Action::converted);
    m_out.declaration();
    Frame frame;
    frame.row = row;
    m_out.start(ns, name);
    for (std::size_t i = 0; i < static_cast<std::size_t>(Ns::count); ++i) {
        const NsRow& declared = row_of(static_cast<Ns>(i));
        if (declared.uri.empty() || declared.ns == Ns::xml || !speaks(declared, m_kind.dialect)) continue;
        const std::string prefix(declared.prefix);
        m_out.attribute(prefix.empty() ? "xmlns" : "xmlns:" + prefix, declared.uri);
    }
    std::string ignorable;
    std::string_view listed = value_of(attributes, "Ignorable", Ns::mc);
    while (!listed.empty()) {
        const std::size_t size = std::min(listed.find(' '), listed.size());
        const NsRow& named = row_of(m_parser->namespace_of_prefix(listed.substr(0, size)));
        if (named.extension && speaks(named, m_kind.dialect)) {
            const std::string word = (ignorable.empty() ? "" : " ") + std::string(named.prefix);
            if ((ignorable + " ").find(std::string(named.prefix) + " ") == std::string::npos) ignorable += word;
        }
        listed.remove_prefix(std::min(size + 1, listed.size()));
    }
    if (!ignorable.empty()) m_out.attribute(Ns::mc, "Ignorable", ignorable);
    write_attributes(*row, Rule::keep, attributes);
    m_frames.push_back(frame);
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start(Ns ns, std::string_view name, Attributes attributes) {
    if (m_frames.empty()) return start_root(ns, name, attributes);
    if (ns == Ns::unknown || !speaks(row_of(ns), m_kind.dialect)) return unknown();
    if (m_parser->is_strict()) name = strict::element_name(ns, name, parent()->row->name);
    const ElementRow* row = find_element(ns, name);
    if (!row) return unknown();
    Rule rule = row->rule;
    if (name == "ext" && parent()->row->name == "extLst") rule = Rule::extension;
    if (name == "extLst") rule = Rule::prune;
    return admit(*row, rule, attributes);
}

Result<XmlEvents::Go> Rewriter::admit(const ElementRow& row, Rule rule, Attributes attributes) {
    constexpr std::uint32_t most_rows = 1'048'576; // of a sheet, in every program that reads one
    if (row.ns == Ns::x && row.name == "row" && ++m_rows > most_rows) return refuse(Reason::limit_members);
    switch (rule) {
    case Rule::drop:
        return drop(row.finding);
    case Rule::drop_block:
        m_out.start(Ns::w, "p");
        m_out.end(Ns::w, "p");
        return drop(row.finding);
    case Rule::unwrap:
        found(row.finding);
        push_silent(row, rule);
        return Go::on;
    case Rule::needs_part:
    case Rule::needs_part_if_any: {
        const Leads leads = relations_lead(attributes, Expect::part);
        if (leads == Leads::astray || (leads == Leads::none && rule == Rule::needs_part)) return drop(Finding::none);
        push(row, rule, attributes);
        return Go::on;
    }
    case Rule::needs_package:
        if (relations_lead(attributes, Expect::package) != Leads::everywhere) return drop(Finding::none);
        push(row, rule, attributes);
        return Go::on;
    case Rule::needs_picture:
        return start_picture(row, attributes);
    case Rule::sheet_hyperlink:
        return start_sheet_hyperlink(row, attributes);
    case Rule::action:
        return start_action(row, attributes);
    case Rule::alternate:
        return start_alternate(row, attributes);
    case Rule::choice:
    case Rule::fallback:
        return start_choice(row, attributes);
    case Rule::extension:
        return start_extension(row, attributes);
    case Rule::story: {
        m_fields.enter_story();
        push(row, rule, attributes).story = true;
        return Go::on;
    }
    case Rule::revision: {
        const int before = m_revision;
        m_revision |= row.name == "ins" ? 1 : row.name == "del" ? 2 : row.name == "moveFrom" ? 4 : 8;
        push(row, rule, attributes).revision = before;
        return Go::on;
    }
    case Rule::field_character:
        return start_field_character(row, attributes);
    case Rule::field_simple:
        return start_field_simple(row, attributes);
    case Rule::instruction:
        return start_instruction(row, attributes);
    case Rule::cell:
        return start_cell(row, attributes);
    case Rule::cell_value:
        return start_cell_value(row, attributes);
    case Rule::cell_formula:
    case Rule::own_formula:
    case Rule::parents_formula:
    case Rule::chart_formula:
        return start_formula(row, rule, attributes);
    case Rule::defined_name:
        return start_defined_name(row, attributes);
    case Rule::sheet:
        return start_sheet(row, attributes);
    case Rule::graphic_data:
        return start_graphic_data(row, attributes);
    case Rule::ole_object:
        return start_ole_object(row, attributes);
    case Rule::author: {
        Frame& frame = push(row, rule, attributes);
        frame.capture = row.text;
        m_captured.clear();
        return Go::on;
    }
    case Rule::prune:
    case Rule::formula_owner:
    case Rule::chart_reference:
    case Rule::graphic_frame:
    case Rule::anchor:
    case Rule::ole_frame:
        push(row, rule, attributes, true);
        return Go::on;
    case Rule::keep:
    case Rule::hyperlink:
    case Rule::run:
    case Rule::sheet_view:
        push(row, rule, attributes);
        return Go::on;
    }
    return unknown();
}

void Rewriter::hold(Frame& frame) {
    if (!frame.held) ++m_held;
    frame.held = true;
}

Rewriter::Frame& Rewriter::push(const ElementRow& row, Rule rule, Attributes attributes, bool held) {
    // A cache inside a reference that became a literal is the literal.
    const bool inside_literal = parent() && parent()->literal && (row.name == "numCache" || row.name == "strCache");
    if (inside_literal) return push_silent(row, rule);
    Frame& frame = m_frames.emplace_back();
    frame.row = &row;
    frame.rule = rule;
    frame.mark = m_out.mark();
    m_out.close_tag();
    frame.from = m_out.position();
    if (held) hold(frame);
    m_out.start(row.ns, row.name);
    write_attributes(row, rule, attributes);
    return frame;
}

Rewriter::Frame& Rewriter::push_silent(const ElementRow& row, Rule rule) {
    Frame& frame = m_frames.emplace_back();
    frame.row = &row;
    frame.rule = rule;
    frame.mark = m_out.mark();
    frame.from = m_out.position();
    frame.written = false;
    return frame;
}

void Rewriter::cut(const Frame& frame) {
    m_out.cut(frame.mark);
    m_fields.forget_from(frame.mark.position);
}

Result<> Rewriter::text(std::string_view text) {
    if (m_frames.empty()) return {};
    Frame& frame = m_frames.back();
    if (!frame.row->text || !frame.written) {
        if (!is_white(text)) found(Finding::ooxml_unknown_element);
        return {};
    }
    if (frame.rule == Rule::instruction) m_fields.say(text, m_revision);
    if (!frame.capture) {
        m_out.text(text);
        return m_out.check();
    }
    if (m_captured.size() + text.size() > m_context.limits().bytes_in_memory) return refuse(Reason::limit_memory);
    m_captured += text;
    return {};
}

// Writes what is left to write of an element; m_frames still holds it.
Result<> Rewriter::finish_element(Frame& frame) {
    switch (frame.rule) {
    case Rule::cell_formula:
    case Rule::own_formula:
    case Rule::parents_formula:
    case Rule::defined_name:
        finish_formula(frame);
        return {};
    case Rule::cell_value:
        finish_cell_value(frame);
        return {};
    case Rule::chart_formula:
        finish_chart_formula(frame);
        return {};
    case Rule::choice:
        finish_choice(frame);
        return {};
    case Rule::fallback:
        finish_fallback(frame);
        return {};
    case Rule::alternate:
        finish_alternate(frame);
        return {};
    case Rule::graphic_frame:
    case Rule::ole_frame:
    case Rule::anchor:
        finish_graphic(frame);
        return {};
    case Rule::extension:
    case Rule::prune:
    case Rule::formula_owner:
        if (frame.doomed || (frame.rule != Rule::formula_owner && m_out.tag_is_open())) return cut(frame), Result<>();
        break;
    case Rule::graphic_data:
        if (m_out.tag_is_open()) doom_graphic();
        break;
    case Rule::author:
        if (frame.capture && !m_captured.empty()) {
            const bool thread = is_thread_name(m_captured);
            if (!thread && m_captured != "Author") found(Finding::ooxml_metadata, Action::rewritten);
            m_out.text(thread ? std::string_view(m_captured) : "Author");
        }
        break;
    case Rule::revision:
        m_revision = frame.revision;
        break;
    default:
        break;
    }
    if (!frame.written) return {};
    if (frame.literal)
        m_out.end(Ns::c, frame.row->name == "numRef" ? "numLit" : "strLit");
    else
        m_out.end(frame.row->ns, frame.row->name);
    return {};
}

Result<> Rewriter::end() {
    Frame& frame = m_frames.back();
    if (frame.story) apply(m_fields.leave_story());
    TRY(finish_element(frame));
    const bool shows_object = frame.row->ns == Ns::p && frame.row->name == "pic";
    if (shows_object && m_frames.size() > 1 && m_frames[m_frames.size() - 2].rule == Rule::ole_object) {
        if (Frame* object = nearest({Rule::ole_frame})) {
            object->inner_from = frame.from;
            object->inner_to = m_out.position();
        }
    }
    const bool held = frame.held;
    const std::uint64_t from = frame.from;
    m_frames.pop_back();
    if (held) --m_held;
    if (m_fields.in_instruction()) {
        const bool of_run = parent_is(Rule::run) && m_out.position() > from;
        if (of_run && frame.row->name != "rPr") m_fields.note({from, m_out.position()});
    } else if (m_held == 0) {
        return m_out.offer();
    }
    return m_out.check();
}

Result<> Rewriter::finish() {
    apply(m_fields.leave_story());
    if (m_kind.kind == Kind::workbook && m_book.sheets == 0) return refuse(Reason::ooxml_empty);
    return m_out.finish();
}

} // namespace sekisho::ooxml
