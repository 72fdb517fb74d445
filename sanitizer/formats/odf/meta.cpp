#include <array>

#include "sanitizer/formats/odf/rebuilder.h"

namespace sekisho::odf {

namespace {

constexpr std::size_t longest_generator = 256;

// As many digits and points as a version has.
std::string_view version_of(std::string_view text) {
    const std::size_t size = std::min(text.find_first_not_of("0123456789."), text.size());
    return size > 12 ? std::string_view() : text.substr(0, size);
}

std::string_view take_digits(std::string_view& text) {
    const std::size_t size = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::string_view digits = text.substr(0, size);
    text.remove_prefix(size);
    return size > 5 ? std::string_view() : digits;
}

// " OpenOffice.org_project/320m12$Build-9483": what LibreOffice tells the defaults of old documents by.
std::string build_of(std::string_view generator) {
    constexpr std::string_view project = "_project/", build = "$Build-";
    const std::size_t at = generator.find(project);
    if (at == generator.npos) return {};
    std::string_view rest = generator.substr(at + project.size());
    const std::string major(take_digits(rest));
    if (major.empty() || !rest.starts_with('m')) return {};
    rest.remove_prefix(1);
    const std::string minor(take_digits(rest));
    if (minor.empty() || !rest.starts_with(build)) return {};
    rest.remove_prefix(build.size());
    const std::string number(take_digits(rest));
    return number.empty() ? std::string()
                          : "$Unix OpenOffice.org_project/" + major + "m" + minor + std::string(build) + number;
}

} // namespace

Result<XmlEvents::Go> MetaReader::start(Ns ns, std::string_view name, Attributes attributes) {
    ++m_depth;
    // A flat document has it beside everything else.
    if (m_depth == 2 && (ns != Ns::office || name != "meta")) {
        --m_depth;
        return Go::past;
    }
    if (m_depth < 3) return Go::on;
    m_in_generator = ns == Ns::meta && name == "generator";
    if (!m_in_generator || !attributes.empty()) m_told_more = true;
    return Go::on;
}

Result<> MetaReader::end() {
    --m_depth;
    m_in_generator = false;
    return {};
}

Result<> MetaReader::text(std::string_view text) {
    if (m_in_generator && m_generator.size() < longest_generator) m_generator += text.substr(0, longest_generator);
    return {};
}

std::string MetaReader::generator() const {
    static constexpr auto programs = std::to_array<std::string_view>(
        {"LibreOffice/", "OpenOffice.org/", "OpenOffice/", "MicrosoftOffice/", "Calligra/", "StarOffice/"});
    for (const std::string_view program : programs) {
        if (!m_generator.starts_with(program)) continue;
        const std::string_view version = version_of(std::string_view(m_generator).substr(program.size()));
        return version.empty() ? std::string() : std::string(program) + std::string(version) + build_of(m_generator);
    }
    // Another program made of the same source.
    const std::string build = build_of(m_generator);
    return build.empty() ? std::string() : "OpenOffice.org/3.0" + build;
}

} // namespace sekisho::odf
