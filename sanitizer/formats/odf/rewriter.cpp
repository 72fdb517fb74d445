#include "sanitizer/formats/odf/rewriter.h"

#include <algorithm>

namespace sekisho::odf {

namespace {

struct PartRow {
    std::string_view root;
    std::string_view children; // of the root, in a package and in a flat document
};

constexpr PartRow part_row(Part part) {
    switch (part) {
    case Part::content:
        return {"document-content", " scripts font-face-decls automatic-styles body "};
    case Part::styles:
        return {"document-styles", " font-face-decls styles automatic-styles master-styles "};
    case Part::settings:
        return {"document-settings", " settings "};
    case Part::formula:
        break;
    }
    return {"math", ""};
}

bool has_word(std::string_view list, std::string_view word) {
    return list.find(" " + std::string(word) + " ") != list.npos;
}

bool is_white(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == text.npos;
}

} // namespace

Rewriter::Rewriter(Part part, std::string_view version, const References& references, Context& context, Sink& out)
    : m_part(part), m_version(version), m_references(references), m_context(context), m_out(out) {}

void Rewriter::found(Finding finding, Action action) {
    const auto bit = static_cast<std::size_t>(finding);
    if (finding == Finding::none || m_found.test(bit)) return; // once in a part is enough
    m_found.set(bit);
    m_context.found(finding, action);
}

bool Rewriter::parent_is(Ns ns, std::string_view name) const {
    return !m_frames.empty() && m_frames.back().row->ns == ns && m_frames.back().row->name == name;
}

XmlEvents::Go Rewriter::drop(Finding finding) {
    found(finding);
    return Go::past;
}

XmlEvents::Go Rewriter::push(const ElementRow& row, Attributes attributes) {
    m_out.start(row.ns, row.name);
    write_attributes(row, attributes);
    m_frames.push_back({&row, true, false});
    return Go::on;
}

XmlEvents::Go Rewriter::push_silent(const ElementRow& row) {
    m_frames.push_back({&row, false, false});
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start_root(Ns ns, std::string_view name, Attributes attributes) {
    static const ElementRow roots[] = {{Rule::keep, Finding::none, Ns::office, "document-content"},
                                       {Rule::keep, Finding::none, Ns::office, "document-styles"},
                                       {Rule::keep, Finding::none, Ns::office, "document-settings"},
                                       {Rule::keep, Finding::none, Ns::math, "math"}};
    const PartRow part = part_row(m_part);
    m_flat = ns == Ns::office && name == "document" && m_part != Part::formula;
    if (!m_flat && (name != part.root || ns != (m_part == Part::formula ? Ns::math : Ns::office)))
        return refuse(Reason::input_damaged);
    const ElementRow& row = *std::ranges::find(roots, part.root, &ElementRow::name);
    m_out.declaration();
    m_out.start(row.ns, row.name);
    m_out.namespaces();
    if (m_part == Part::formula)
        write_attributes(row, attributes);
    else
        m_out.attribute(Ns::office, "version", m_version);
    m_frames.push_back({&row, true, false});
    return Go::on;
}

Result<XmlEvents::Go> Rewriter::start_top(Ns ns, std::string_view name, Attributes attributes) {
    const bool listed = m_part == Part::formula || (ns == Ns::office && has_word(part_row(m_part).children, name));
    // What a flat document has for another part.
    if (!listed && m_flat && ns == Ns::office) return Go::past;
    const ElementRow* row = listed ? find_element(ns, name) : nullptr;
    return row ? admit(*row, attributes) : drop(Finding::odf_unknown_element);
}

Result<XmlEvents::Go> Rewriter::start(Ns ns, std::string_view name, Attributes attributes) {
    if (m_frames.empty()) return start_root(ns, name, attributes);
    if (m_frames.size() == 1) return start_top(ns, name, attributes);
    if (m_frames.back().capture) return drop(Finding::odf_unknown_element);
    const ElementRow* row = find_element(ns, name);
    if (!row) return drop(Finding::odf_unknown_element);
    if (ns == Ns::table && name == "table" && is_table_of_another_document(value_of(attributes, Ns::table, "name")))
        return drop(Finding::odf_external_source);
    if (m_frames.size() == 2 && parent_is(Ns::office, "body") && ns == Ns::office) m_body = name;
    return admit(*row, attributes);
}

Result<XmlEvents::Go> Rewriter::admit(const ElementRow& row, Attributes attributes) {
    switch (row.rule) {
    case Rule::drop:
        return drop(row.finding);
    case Rule::unwrap:
        found(row.finding);
        return push_silent(row);
    case Rule::link:
        return start_link(row, attributes);
    case Rule::picture:
        return start_picture(row, attributes);
    case Rule::binary:
        return start_picture_inside();
    case Rule::object:
        return start_object(row, attributes);
    case Rule::document:
        return start_document(row, attributes);
    case Rule::listeners:
        return parent_is(Ns::office, "scripts") ? push_silent(row) : push(row, attributes);
    case Rule::listener:
        return start_listener(row, attributes);
    case Rule::author:
    case Rule::setting:
        return start_captured(row, attributes);
    case Rule::notation: {
        const std::string_view encoding = value_of(attributes, Ns::none, "encoding");
        const std::string_view old = value_of(attributes, Ns::math, "encoding"); // OpenOffice.org 2
        if (encoding != "StarMath 5.0" && old != "StarMath 5.0") return drop(row.finding);
        push(row, {});
        m_out.attribute(Ns::none, "encoding", "StarMath 5.0");
        return Go::on;
    }
    case Rule::field:
        return start_field(row, attributes);
    case Rule::row:
    case Rule::cell:
        TRY(count_cells(row, attributes));
        return push(row, attributes);
    case Rule::form:
        if (!value_of(attributes, Ns::xlink, "href").empty()) found(row.finding);
        return push(row, attributes);
    case Rule::stated:
        push(row, attributes);
        m_out.attribute(Ns::text, "fixed", "true");
        return Go::on;
    case Rule::chart:
        return start_chart(row, attributes);
    case Rule::area: {
        push(row, attributes);
        const std::string_view address = value_of(attributes, Ns::xlink, "href");
        if (const auto safe = safe_address(address))
            write_reference(*safe, false);
        else if (!address.empty())
            found(is_command(address) ? Finding::odf_macro_address : row.finding);
        return Go::on;
    }
    case Rule::keep:
        return push(row, attributes);
    }
    return drop(Finding::odf_unknown_element);
}

Result<> Rewriter::text(std::string_view text) {
    if (m_frames.empty()) return {};
    Frame& frame = m_frames.back();
    // Blanks before office:binary-data must not close the tag that its picture is named in.
    if (frame.row->rule == Rule::picture && is_white(text)) return {};
    if (!frame.capture) {
        if (m_frames.size() == 1 && !is_white(text)) return found(Finding::odf_unknown_element), Result<>();
        m_out.text(text);
        return m_out.offer();
    }
    if (m_captured.size() + text.size() > m_context.limits().bytes_in_memory) return refuse(Reason::limit_memory);
    m_captured += text;
    return {};
}

Result<> Rewriter::end() {
    const Frame frame = m_frames.back();
    m_frames.pop_back();
    if (frame.capture) finish_captured(*frame.row);
    if (frame.written) m_out.end(frame.row->ns, frame.row->name);
    return m_out.offer();
}

Result<> Rewriter::finish() {
    return m_out.finish();
}

} // namespace sekisho::odf
