#include "sanitizer/formats/dxf/walk.h"

namespace sekisho::dxf {

namespace {

constexpr std::uint64_t most_objects = 4'000'000;

} // namespace

Result<> Walk::run() {
    for (;;) {
        TRY(m_budget.check_time());
        const Group next = TRY(m_reader.next());
        if (next.code == 999) {
            comment();
        } else if (next.code == 0) {
            if (!TRY(structure(next.text))) break;
        } else {
            const bool in_header = m_in_section && m_section == Section::header;
            if (m_in_object || in_header)
                TRY(group(next));
            else if (m_section != Section::other)
                return refuse(Reason::cad_damaged);
        }
    }
    if (!m_reader.at_end()) after_end();
    return {};
}

Result<bool> Walk::structure(std::string_view value) {
    TRY(end_object());
    if (value == "EOF") {
        if (m_in_section) return refuse(Reason::input_short);
        return false;
    }
    if (value == "SECTION") {
        TRY(begin_section());
        return true;
    }
    if (!m_in_section) return refuse(Reason::cad_damaged);
    if (value == "ENDSEC") {
        TRY(section_ends());
        m_in_section = false;
        return true;
    }
    if (m_section == Section::header) return refuse(Reason::cad_damaged);
    if (++m_objects > most_objects) return refuse(Reason::limit_members);
    m_kind = value;
    m_rule = &rule_for(m_section, m_kind);
    m_in_object = true;
    TRY(object_begins());
    return true;
}

Result<> Walk::begin_section() {
    if (m_in_section) return refuse(Reason::cad_damaged);
    const Group name = TRY(m_reader.next());
    if (name.code != 2) return refuse(Reason::cad_damaged);
    m_section = section_of(name.text);
    const unsigned bit = 1U << static_cast<unsigned>(m_section);
    // Readers disagree about which of two sections of one name counts.
    if (m_section != Section::other && (m_seen & bit) != 0) return refuse(Reason::cad_damaged);
    m_seen |= bit;
    m_in_section = true;
    return section_begins(name.text);
}

Result<> Walk::end_object() {
    if (!m_in_object) return {};
    m_in_object = false;
    return object_ends();
}

} // namespace sekisho::dxf
