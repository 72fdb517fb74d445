// Elements that need more than to stand on a list.
#include <algorithm>
#include <array>
#include <charconv>

#include "sanitizer/formats/odf/kinds.h"
#include "sanitizer/formats/odf/rewriter.h"

namespace sekisho::odf {

namespace {

// LibreOffice keeps whole sheets in memory, cell by cell; this is what takes it minutes.
constexpr std::uint64_t most_cells = 30'000'000;

std::uint64_t repeated(XmlEvents::Attributes attributes, std::string_view name) {
    const std::string_view text = value_of(attributes, Ns::table, name);
    std::uint64_t number = 1;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return std::clamp<std::uint64_t>(number, 1, 1U << 20);
}

bool one_of(std::string_view word, std::span<const std::string_view> list) {
    return std::ranges::find(list, word) != list.end();
}

} // namespace

void Rewriter::write_reference(std::string_view address, bool embedded) {
    m_out.attribute(Ns::xlink, "type", "simple");
    m_out.attribute(Ns::xlink, "href", address);
    if (!embedded) return;
    m_out.attribute(Ns::xlink, "show", "embed");
    m_out.attribute(Ns::xlink, "actuate", "onLoad");
}

Result<XmlEvents::Go> Rewriter::start_link(const ElementRow& row, Attributes attributes) {
    const std::string_view address = value_of(attributes, Ns::xlink, "href");
    const auto safe = safe_address(address);
    if (!safe) {
        if (!address.empty()) found(is_command(address) ? Finding::odf_macro_address : row.finding);
        return push_silent(row);
    }
    push(row, attributes);
    write_reference(*safe, false);
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start_picture(const ElementRow& row, Attributes attributes) {
    const std::string_view address = value_of(attributes, Ns::xlink, "href");
    if (address.empty()) return push(row, attributes);
    const auto found_at = m_references.pictures.find(address);
    // A package without a member that could be a picture is not asked for any.
    if (found_at == m_references.pictures.end())
        return drop(member_of("", address) ? Finding::odf_dangling : row.finding);
    if (found_at->second.empty()) return Go::past;
    push(row, attributes);
    write_reference(found_at->second, true);
    return Go::on;
}

// office:binary-data stands in the element that shows it.
Result<XmlEvents::Go> Rewriter::start_picture_inside() {
    const auto picture = m_references.written_inside.find(m_parser->element_number());
    const bool shown = parent() && parent()->row->rule == Rule::picture && m_out.tag_is_open();
    if (shown && picture != m_references.written_inside.end()) write_reference(picture->second, true);
    return Go::past;
}

Result<XmlEvents::Go> Rewriter::start_object(const ElementRow& row, Attributes attributes) {
    const std::string_view address = value_of(attributes, Ns::xlink, "href");
    if (address.empty()) return push(row, attributes);
    const auto object = m_references.objects.find(address);
    if (object == m_references.objects.end()) return drop(row.finding);
    if (object->second.empty()) return Go::past;
    push(row, attributes);
    write_reference(object->second, true);
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start_document(const ElementRow& row, Attributes attributes) {
    const Kind* kind = find_kind(value_of(attributes, Ns::office, "mimetype"));
    if (!kind || !parent_is(Ns::draw, "object")) return drop(Finding::odf_unknown_element);
    push(row, {});
    m_out.attribute(Ns::office, "mimetype", kind->media_type);
    m_out.attribute(Ns::office, "version", "1.2");
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start_listener(const ElementRow& row, Attributes attributes) {
    static constexpr auto within_show = std::to_array<std::string_view>(
        {"none", "previous-page", "next-page", "first-page", "last-page", "hide", "stop", "fade-out"});
    const std::string_view action = value_of(attributes, Ns::presentation, "action");
    const std::string_view address = value_of(attributes, Ns::xlink, "href");
    const auto safe = safe_address(address);
    if (action == "show" && !safe && is_command(address)) return drop(Finding::odf_macro_address);
    if (!one_of(action, within_show) && (action != "show" || !safe)) return drop(row.finding);
    push(row, attributes);
    if (action == "show") write_reference(*safe, false);
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start_captured(const ElementRow& row, Attributes attributes) {
    m_captured.clear();
    const bool setting = row.rule == Rule::setting;
    m_setting_name = value_of(attributes, Ns::config, "name");
    m_setting_type = value_of(attributes, Ns::config, "type");
    if (!setting) m_out.start(row.ns, row.name);
    m_frames.push_back({&row, !setting, true});
    return Go::on;
}

void Rewriter::finish_captured(const ElementRow& row) {
    if (row.rule == Rule::setting) return finish_setting(row);
    const std::string_view nobody = row.name == "creator" ? "Author" : "A";
    if (m_captured.empty()) return;
    if (m_captured != nobody) found(row.finding, Action::rewritten);
    m_out.text(nobody);
}

void Rewriter::finish_setting(const ElementRow& row) {
    if (setting_is_kept(m_setting_name, m_setting_type, m_captured)) {
        m_out.start(row.ns, row.name);
        m_out.attribute(Ns::config, "name", m_setting_name);
        m_out.attribute(Ns::config, "type", m_setting_type);
        m_out.text(m_captured);
        m_out.end(row.ns, row.name);
        return;
    }
    if (m_captured.empty()) return;
    if (m_setting_name == "PrinterSetup") found(Finding::odf_opaque);
    if (m_setting_name == "PrinterName" || m_setting_name.starts_with("CurrentDatabase")) found(Finding::odf_metadata);
}

// Fields of the kinds that show a box to fill in. Others keep a foreign field code, which another program would run
// when the text is saved in its format.
Result<XmlEvents::Go> Rewriter::start_field(const ElementRow& row, Attributes attributes) {
    static constexpr auto kinds = std::to_array<std::string_view>(
        {"vnd.oasis.opendocument.field.FORMTEXT", "vnd.oasis.opendocument.field.FORMCHECKBOX",
         "vnd.oasis.opendocument.field.FORMDROPDOWN", "vnd.oasis.opendocument.field.FORMDATE"});
    static constexpr auto params = std::to_array<std::string_view>(
        {"Checkbox_Checked", "Checkbox_Name", "Dropdown_ListEntry", "Dropdown_SelectedEntry"});
    if (row.name == "param") {
        const bool kept = one_of(value_of(attributes, Ns::field, "name"), params);
        return kept ? push(row, attributes) : Go::past;
    }
    const bool starts = row.name == "fieldmark" || row.name == "fieldmark-start";
    bool kept = starts ? one_of(value_of(attributes, Ns::field, "type"), kinds) : !m_fields.empty() && m_fields.back();
    if (row.name == "fieldmark-start") {
        if (m_fields.size() >= XmlParser::deepest) return refuse(Reason::limit_depth);
        m_fields.push_back(kept);
    }
    if (row.name == "fieldmark-end" && !m_fields.empty()) m_fields.pop_back();
    return kept ? push(row, attributes) : drop(row.finding);
}

// ".." is the document that the chart stands in.
Result<XmlEvents::Go> Rewriter::start_chart(const ElementRow& row, Attributes attributes) {
    const std::string_view address = value_of(attributes, Ns::xlink, "href");
    push(row, attributes);
    if (address == ".." || address == ".")
        write_reference(address, false);
    else if (!address.empty())
        found(row.finding);
    return Go::on;
}

Result<> Rewriter::count_cells(const ElementRow& row, Attributes attributes) {
    if (row.rule == Rule::row) {
        m_rows = repeated(attributes, "number-rows-repeated");
        return {};
    }
    const bool filled =
        !value_of(attributes, Ns::office, "value-type").empty() || !value_of(attributes, Ns::table, "formula").empty();
    if (!filled) return {};
    m_cells += m_rows * repeated(attributes, "number-columns-repeated");
    return m_cells > most_cells ? Result<>(refuse(Reason::limit_members)) : Result<>();
}

} // namespace sekisho::odf
