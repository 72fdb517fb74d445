// One part of a document: parsed, judged name by name and written again, in one pass.
#pragma once

#include <bitset>
#include <string>
#include <vector>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/odf/references.h"
#include "sanitizer/formats/odf/xml_output.h"
#include "sanitizer/formats/odf/xml_parser.h"

namespace sekisho::odf {

// What a package keeps apart, and a flat document together. Formulas are MathML as it is.
enum class Part : std::uint8_t { content, styles, settings, formula };

class Rewriter final : public XmlEvents {
public:
    // `version`: one for the whole package, or LibreOffice calls it damaged.
    Rewriter(Part part, std::string_view version, const References& references, Context& context, Sink& out);
    void set_parser(const XmlParser& parser) { m_parser = &parser; }

    Result<Go> start(Ns ns, std::string_view name, Attributes attributes) override;
    Result<> end() override;
    Result<> text(std::string_view text) override;
    Result<> finish();

    // What is in office:body, by its local name: "text", "spreadsheet". Empty if there is none.
    const std::string& body() const { return m_body; }

private:
    struct Frame {
        const ElementRow* row = nullptr;
        bool written = true;  // false: only what is inside is written
        bool capture = false; // characters are gathered, not written
    };

    // rewriter.cpp
    Result<Go> start_root(Ns ns, std::string_view name, Attributes attributes);
    Result<Go> start_top(Ns ns, std::string_view name, Attributes attributes);
    Result<Go> admit(const ElementRow& row, Attributes attributes);
    Go drop(Finding finding);
    Go push(const ElementRow& row, Attributes attributes);
    Go push_silent(const ElementRow& row);
    void found(Finding finding, Action action = Action::removed);
    Frame* parent() { return m_frames.empty() ? nullptr : &m_frames.back(); }
    bool parent_is(Ns ns, std::string_view name) const;

    // rewriter_elements.cpp
    Result<Go> start_link(const ElementRow& row, Attributes attributes);
    Result<Go> start_picture(const ElementRow& row, Attributes attributes);
    Result<Go> start_picture_inside();
    Result<Go> start_object(const ElementRow& row, Attributes attributes);
    Result<Go> start_document(const ElementRow& row, Attributes attributes);
    Result<Go> start_listener(const ElementRow& row, Attributes attributes);
    Result<Go> start_captured(const ElementRow& row, Attributes attributes);
    Result<Go> start_field(const ElementRow& row, Attributes attributes);
    Result<Go> start_chart(const ElementRow& row, Attributes attributes);
    Result<> count_cells(const ElementRow& row, Attributes attributes);
    void finish_captured(const ElementRow& row);
    void finish_setting(const ElementRow& row);
    void write_reference(std::string_view address, bool embedded);

    // rewriter_attributes.cpp
    void write_attributes(const ElementRow& row, Attributes attributes);
    void write_attribute(const ElementRow& row, const XmlAttribute& attribute);
    void write_count(const XmlAttribute& attribute);

    Part m_part;
    std::string m_version;
    const References& m_references;
    Context& m_context;
    XmlOutput m_out;
    const XmlParser* m_parser = nullptr;
    std::vector<Frame> m_frames;
    std::string m_body;
    bool m_flat = false;
    std::string m_captured;
    std::string m_setting_name, m_setting_type;
    std::vector<bool> m_fields; // form fields that are open: is it kept?
    std::bitset<static_cast<std::size_t>(Finding::count)> m_found;
    std::uint64_t m_rows = 1; // as which the row at hand counts
    std::uint64_t m_cells = 0;
};

// May this setting stay, with this value?
bool setting_is_kept(std::string_view name, std::string_view type, std::string_view value);

} // namespace sekisho::odf
