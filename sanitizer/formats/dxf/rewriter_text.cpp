// What is written as text: names, words, file names, and the extended data of a few programs.
#include <algorithm>
#include <array>

#include "sanitizer/core/address.h"
#include "sanitizer/formats/cad/number.h"
#include "sanitizer/formats/dxf/rewriter.h"

namespace sekisho::dxf {

namespace {

// AutoCAD's own: overrides of dimension styles, names of fonts, transparency, annotation.
constexpr std::array applications{std::string_view("ACAD"), std::string_view("AcCmTransparency"),
                                  std::string_view("AcadAnnotative")};

} // namespace

std::string Rewriter::text(std::string_view bytes) {
    // The code of a field, which a program would run to make the text.
    constexpr std::string_view field = "%<";
    std::string words = m_texts.decoded(bytes);
    bool computed = false;
    for (std::size_t at = words.find(field); at != words.npos; at = words.find(field)) {
        words.erase(at, field.size());
        computed = true;
    }
    if (computed) found(Finding::dxf_field, Action::rewritten);
    return m_texts.encoded(words);
}

std::string Rewriter::file_name(std::string_view bytes) {
    std::string path = m_texts.decoded(bytes);
    const std::size_t last = path.find_last_of("\\/:");
    if (last != path.npos) {
        found(Finding::dxf_path, Action::rewritten);
        path.erase(0, last + 1);
    }
    return m_texts.encoded(path);
}

void Rewriter::begin_extended(std::string_view application) {
    if (application == "PE_URL") {
        m_extended = Extended::link;
        return;
    }
    const bool known = std::ranges::find(applications, application) != applications.end();
    m_extended = known ? Extended::kept : Extended::dropped;
    if (known)
        m_out.text(1001, application);
    else
        found(Finding::dxf_extended);
}

// The first text of a link is where it leads.
void Rewriter::link(std::string_view address) {
    const std::string decoded = m_texts.decoded(address);
    const auto spelled = leads_out_safely(decoded) ? spelled_address(decoded) : std::nullopt;
    m_extended = spelled ? Extended::kept : Extended::dropped;
    if (!spelled) return found(Finding::dxf_hyperlink);
    m_out.text(1001, "PE_URL");
    m_out.text(1000, m_texts.encoded(*spelled));
}

Result<> Rewriter::extended(const Group& group) {
    if (group.code == 1001) {
        begin_extended(group.text);
        return {};
    }
    if (m_extended == Extended::link && group.code == 1000) {
        link(group.text);
        return {};
    }
    if (m_extended != Extended::kept) return {};
    const bool brace = group.text == "{" || group.text == "}";
    if (value_of(group.code) == Value::chunk || (group.code == 1002 && !brace)) {
        found(Finding::dxf_extended);
        return {};
    }
    if (group.code == 1000 && kind() == "STYLE") { // the name of a font
        m_out.text(1000, file_name(group.text));
        return {};
    }
    return put(group);
}

} // namespace sekisho::dxf
