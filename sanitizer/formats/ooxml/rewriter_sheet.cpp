// Formulas, names and sheets of a workbook; references of charts.
#include <charconv>

#include "sanitizer/formats/ooxml/date.h"
#include "sanitizer/formats/ooxml/formula.h"
#include "sanitizer/formats/ooxml/rewriter.h"

namespace sekisho::ooxml {

namespace {

constexpr std::uint64_t most_shared = 1U << 22;

bool number_of(std::string_view text, std::uint64_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

bool is_true(std::string_view value) {
    return value == "1" || value == "true";
}

// Names that run by themselves: Auto_Open, _xlnm.Auto_Close, Auto_Open_x ... LibreOffice writes
// Excel_BuiltIn_Auto_Open, and makes the automatic name of it again when it saves an old workbook.
bool runs_by_itself(std::string_view name) {
    std::string lower(name);
    for (char& character : lower)
        if (character >= 'A' && character <= 'Z') character = static_cast<char>(character + 32);
    for (const std::string_view prefix : {"_xlnm.", "excel_builtin_"})
        if (lower.starts_with(prefix)) lower.erase(0, prefix.size());
    for (const std::string_view start : {"auto_open", "auto_close", "auto_activate", "auto_deactivate"})
        if (lower.starts_with(start)) return true;
    return false;
}

} // namespace

Result<XmlEvents::Go> Rewriter::start_formula(const ElementRow& row, Rule rule, Attributes attributes) {
    m_shared = 0;
    std::uint64_t number = 0;
    if (rule == Rule::cell_formula && value_of(attributes, "t") == "shared" &&
        number_of(value_of(attributes, "si"), number) && number < most_shared)
        m_shared = number + 1;
    if (m_shared > 0 && m_shared <= m_shared_gone.size() && m_shared_gone[m_shared - 1]) return Go::past;
    Frame& frame = push(row, rule, attributes, true);
    frame.capture = true;
    m_captured.clear();
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start_defined_name(const ElementRow& row, Attributes attributes) {
    const bool macro = is_true(value_of(attributes, "xlm")) || is_true(value_of(attributes, "vbProcedure")) ||
                       is_true(value_of(attributes, "function"));
    if (macro || runs_by_itself(value_of(attributes, "name"))) return drop(Finding::ooxml_xlm_macro);
    const std::string_view sheet = value_of(attributes, "localSheetId");
    std::uint64_t number = 0;
    if (!sheet.empty() &&
        (!number_of(sheet, number) || number >= m_book.sheet_numbers.size() || m_book.sheet_numbers[number] < 0))
        return drop(m_book.sheets_gone.empty() ? Finding::ooxml_dangling : Finding::none);
    Frame& frame = push(row, Rule::defined_name, attributes, true);
    frame.capture = true;
    m_captured.clear();
    return Go::on;
}

// A cell with a date is kept back, because its type goes if the date can be a number, and becomes text if not.
Result<XmlEvents::Go> Rewriter::start_cell(const ElementRow& row, Attributes attributes) {
    m_cell_type = {};
    const bool date = value_of(attributes, "t") == "d";
    push(row, Rule::cell, attributes, date);
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start_cell_value(const ElementRow& row, Attributes attributes) {
    const bool date = parent_is(Rule::cell) && m_cell_type.to > m_cell_type.from;
    push(row, Rule::cell_value, attributes).capture = date;
    if (date) m_captured.clear();
    return Go::on;
}

void Rewriter::finish_cell_value(Frame& frame) {
    if (frame.capture) {
        const auto serial = serial_of(m_captured, m_book.since_1904);
        m_out.text(serial ? *serial : m_captured);
        if (serial) m_out.blank(m_cell_type.from, m_cell_type.to);
        m_cell_type = {};
    }
    m_out.end(frame.row->ns, frame.row->name);
}

void Rewriter::finish_formula(Frame& frame) {
    const Finding finding = judge_formula(m_captured, m_book.sheets_gone);
    if (finding == Finding::none) {
        if (!m_captured.empty()) m_out.text(m_captured);
        return m_out.end(frame.row->ns, frame.row->name);
    }
    found(finding);
    if (m_shared > 0) {
        if (m_shared_gone.size() < m_shared) m_shared_gone.resize(m_shared);
        m_shared_gone[m_shared - 1] = true;
    }
    if (frame.rule == Rule::parents_formula)
        if (Frame* owner = nearest({Rule::formula_owner})) owner->doomed = true;
    cut(frame);
}

// The values that a chart shows stay: a reference that may not becomes the literal that it last stood for.
void Rewriter::finish_chart_formula(Frame& frame) {
    const Finding finding = judge_formula(m_captured, m_book.sheets_gone);
    if (finding == Finding::none) {
        if (!m_captured.empty()) m_out.text(m_captured);
        return m_out.end(frame.row->ns, frame.row->name);
    }
    found(finding);
    Frame& around = m_frames[m_frames.size() - 2];
    const bool of_title = m_frames.size() > 2 && m_frames[m_frames.size() - 3].row->name == "tx";
    if (around.rule != Rule::chart_reference || of_title) {
        m_out.text("#REF!");
        return m_out.end(frame.row->ns, frame.row->name);
    }
    cut(frame);
    around.literal = true;
    m_out.overwrite(around.from, around.row->name == "numRef" ? "<c:numLit" : "<c:strLit");
}

Result<XmlEvents::Go> Rewriter::start_sheet(const ElementRow& row, Attributes attributes) {
    if (!resolve(value_of(attributes, "id", Ns::r), Expect::part)) {
        m_book.sheets_gone.emplace_back(value_of(attributes, "name"));
        m_book.sheet_numbers.push_back(-1);
        return drop(Finding::none);
    }
    m_book.sheet_numbers.push_back(m_book.sheets++);
    push(row, Rule::sheet, attributes);
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start_sheet_hyperlink(const ElementRow& row, Attributes attributes) {
    const std::string_view id = value_of(attributes, "id", Ns::r);
    if (!id.empty() && !resolve(id, Expect::link) && value_of(attributes, "location").empty())
        return drop(Finding::none);
    push(row, Rule::sheet_hyperlink, attributes);
    return Go::on;
}

} // namespace sekisho::ooxml
