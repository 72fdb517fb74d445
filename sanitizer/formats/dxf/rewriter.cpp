#include "sanitizer/formats/dxf/rewriter.h"

#include <algorithm>

#include "sanitizer/formats/cad/number.h"

namespace sekisho::dxf {

namespace {

constexpr int first_extended = 1000;

bool is_identifier(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
}

bool is_subclass(std::string_view text) {
    return (text.starts_with("AcDb") && is_identifier(text)) || text == "DictionaryVariables";
}

// Groups in braces (102): reactors and extension dictionaries, which programs make anew.
bool is_standard_list(std::string_view name) {
    return name == "{ACAD_REACTORS" || name == "{ACAD_XDICTIONARY" || name == "{BLKREFS";
}

} // namespace

Rewriter::Rewriter(Reader reader, Job& job, const Survey& survey)
    : Walk(std::move(reader), job.context.budget()), m_context(job.context), m_survey(survey),
      m_texts(survey.from, survey.to), m_out(job.out, job.context.budget()) {}

Result<> Rewriter::write() {
    TRY(run());
    m_out.text(0, "EOF");
    TRY(m_out.keep());
    TRY(m_out.finish());
    m_texts.note(m_context);
    if (m_written == 0 && m_lost > 0) return refuse(Reason::cad_empty);
    return {};
}

Result<> Rewriter::section_begins(std::string_view name) {
    if (section() == Section::other) {
        found(name == "THUMBNAILIMAGE" ? Finding::dxf_thumbnail
              : name == "ACDSDATA"     ? Finding::dxf_solid
                                       : Finding::dxf_unknown);
        return {};
    }
    m_variable_kept = false;
    m_out.text(0, "SECTION");
    m_out.text(2, name);
    return m_out.keep();
}

Result<> Rewriter::section_ends() {
    if (section() == Section::other) return {};
    m_out.text(0, "ENDSEC");
    return m_out.keep();
}

Result<> Rewriter::object_begins() {
    m_left_out = m_has_handle = m_in_list = m_embedded = m_has_entry = false;
    m_extended = Extended::none;
    m_subclass.clear();
    if (section() == Section::other) return {};
    if (!rule().kept) {
        found(rule().finding);
        m_lost += section() == Section::entities;
        return {};
    }
    m_written += section() == Section::entities;
    m_out.text(0, kind());
    return {};
}

Result<> Rewriter::object_ends() {
    if (section() == Section::other || !rule().kept) return {};
    if (!m_left_out) return m_out.keep();
    m_out.drop();
    return {};
}

Result<> Rewriter::group(const Group& group) {
    if (section() == Section::other) return {};
    if (section() == Section::header) return variable(group);
    if (!rule().kept) return {};
    if (group.code >= first_extended) return extended(group);
    if (group.code == 102) {
        if (!m_in_list && !is_standard_list(group.text)) found(Finding::dxf_unknown);
        m_in_list = group.text != "}";
        return {};
    }
    if (m_in_list || m_embedded) return {};
    return own_group(group);
}

Result<> Rewriter::variable(const Group& group) {
    if (group.code == 9) {
        m_variable = group.text;
        m_variable_kept = is_header_variable(m_variable);
        if (!m_variable_kept)
            found(Finding::dxf_unknown);
        else
            m_out.text(9, m_variable);
        return m_out.keep();
    }
    if (!m_variable_kept) return {};
    if (m_variable == "$DWGCODEPAGE" && group.code == 3)
        m_out.text(3, m_survey.japanese ? "ANSI_932" : "ANSI_1252");
    else if (group.code == 5) {
        const auto seed = cad::handle_of(group.text);
        if (!seed) return refuse(Reason::cad_damaged);
        m_out.handle(5, *seed);
    } else {
        TRY(put(group));
    }
    return m_out.keep();
}

Result<> Rewriter::own_group(const Group& group) {
    if (group.code == 101) { // an object within the object, since 2018: columns of text
        m_embedded = true;
        found(Finding::dxf_unknown);
        return {};
    }
    if (group.code == 100) {
        m_subclass = group.text;
        if (is_subclass(group.text))
            m_out.text(100, group.text);
        else
            found(Finding::dxf_unknown);
        return {};
    }
    const bool style = kind() == "DIMSTYLE";
    if (group.code == (style ? 105 : 5) && !m_has_handle) {
        m_has_handle = true;
        m_out.handle(group.code, cad::handle_of(group.text).value_or(0));
        return {};
    }
    bool done = false;
    TRY(special(group, done));
    if (done) return {};
    if (!may_stand(group.code)) {
        refuse_group(group.code);
        return {};
    }
    if (style && group.code == 5) {
        m_out.text(5, text(group.text));
        return {};
    }
    return put(group);
}

bool Rewriter::may_stand(int code) const {
    if (code == 330) return true; // the owner
    const bool general = rule().entity && entity_codes().has(code);
    const bool own = !rule().entity || m_subclass != "AcDbEntity";
    return general || (own && rule().codes.has(code));
}

// The length of binary data goes with the data.
void Rewriter::refuse_group(int code) {
    const bool binary = value_of(code) == Value::chunk;
    if (kind() == "BLOCK_RECORD" && binary)
        found(Finding::dxf_thumbnail);
    else if (binary || (section() != Section::header && rule().entity && (code == 92 || code == 160)))
        found(Finding::dxf_proxy);
    else
        found(Finding::dxf_unknown);
}

Result<> Rewriter::special(const Group& group, bool& done) {
    if (kind() == "BLOCK") return block_group(group, done);
    if (kind() == "DICTIONARY" || kind() == "ACDBDICTIONARYWDFLT") return entry_group(group, done);
    if (kind() == "CLASS") {
        done = group.code <= 3;
        if (done) class_group(group);
        return {};
    }
    const bool of_style = kind() == "STYLE" && (group.code == 3 || group.code == 4);
    const bool of_plot = m_subclass == "AcDbPlotSettings" && (group.code == 2 || group.code == 7);
    if (of_style || of_plot || (kind() == "VIEWPORT" && group.code == 1)) {
        m_out.text(group.code, file_name(group.text));
        done = true;
    }
    return {};
}

Result<> Rewriter::block_group(const Group& group, bool& done) {
    constexpr std::int64_t external = 4 | 8 | 16 | 32; // XREF, overlay, dependent on one, resolved
    if (group.code == 70) {
        const auto flags = cad::integer_of(group.text);
        if (!flags) return refuse(Reason::cad_damaged);
        if ((*flags & external) != 0) found(Finding::dxf_external);
        m_out.whole(70, *flags & ~external & 0xFF);
        done = true;
    } else if (group.code == 1) { // the path of an XREF
        if (!group.text.empty()) found(Finding::dxf_external);
        m_out.text(1, "");
        done = true;
    }
    return {};
}

// 1: the object's name, 2: of its class in C++, 3: the program that brings it, which is not named.
void Rewriter::class_group(const Group& group) {
    if (group.code == 1 && !is_declared(group.text)) m_left_out = true;
    if (group.code == 2 && !is_identifier(group.text)) m_left_out = true;
    if (m_left_out) return;
    m_out.text(group.code, group.code == 3 ? "ObjectDBX Classes" : group.text);
}

// A name (3) and the object it leads to (350, 360): both or none.
Result<> Rewriter::entry_group(const Group& group, bool& done) {
    if (group.code == 3) {
        m_entry = text(group.text);
        m_has_entry = done = true;
        return {};
    }
    if (!m_has_entry || (group.code != 350 && group.code != 360)) return {};
    m_has_entry = false;
    done = true;
    const auto handle = cad::handle_of(group.text);
    if (!handle) return refuse(Reason::cad_damaged);
    const Handles::Is is = m_survey.handles.find(*handle);
    if (is == Handles::Is::kept) {
        m_out.text(3, m_entry);
        m_out.handle(group.code, *handle);
    } else if (is == Handles::Is::nowhere) {
        found(Finding::dxf_reference);
    }
    return {};
}

Result<> Rewriter::put(const Group& group) {
    switch (value_of(group.code)) {
    case Value::text:
        m_out.text(group.code, text(group.text));
        return {};
    case Value::real: {
        const auto value = cad::real_of(group.text);
        if (!value) return refuse(Reason::cad_damaged);
        m_out.real(group.code, *value);
        return {};
    }
    case Value::whole:
    case Value::flag: {
        const auto value = cad::integer_of(group.text);
        if (!value) return refuse(Reason::cad_damaged);
        m_out.whole(group.code, *value);
        return {};
    }
    case Value::handle:
        return put_reference(group);
    default:
        refuse_group(group.code);
        return {};
    }
}

Result<> Rewriter::put_reference(const Group& group) {
    const auto handle = cad::handle_of(group.text);
    if (!handle) return refuse(Reason::cad_damaged);
    const Handles::Is is = *handle == 0 ? Handles::Is::kept : m_survey.handles.find(*handle);
    if (is == Handles::Is::kept) m_out.handle(group.code, *handle);
    if (is == Handles::Is::nowhere) found(Finding::dxf_reference);
    return {};
}

} // namespace sekisho::dxf
