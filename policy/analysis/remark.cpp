#include "policy/analysis/remark.h"

#include <array>

#include <fmt/format.h>

#include "policy/language/unicode.h"

namespace sekisho::policy {

namespace {

constexpr std::array findings{
#define FINDING(id, code, error, english, japanese, help_english, help_japanese)                                       \
    FindingRow{Finding::id, code, error, english, japanese, help_english, help_japanese},
#include "policy/analysis/findings.def"
#undef FINDING
};

std::string filled(std::string_view pattern, const std::vector<Words>& arguments, Language language) {
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool hole = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
        const auto index = hole ? static_cast<std::size_t>(pattern[i + 1] - '0') : arguments.size();
        if (index >= arguments.size()) {
            out += pattern[i];
            continue;
        }
        out += visible(arguments[index].in(language));
        i += 2;
    }
    return out;
}

constexpr std::size_t line_bytes_max = 300; // of a source line that is shown

std::string cut(std::string_view line) {
    if (line.size() <= line_bytes_max) return visible(line);
    std::size_t end = line_bytes_max;
    while (end > 0 && (line[end] & 0xC0) == 0x80) --end; // not through a character
    return visible(line.substr(0, end)) + " …";
}

} // namespace

const FindingRow& row_of(Finding finding) {
    return findings[static_cast<std::size_t>(finding)];
}

std::span<const FindingRow> all_findings() {
    return findings;
}

std::string message_of(const Remark& remark, Language language) {
    const FindingRow& row = row_of(remark.finding);
    return filled(language == Language::english ? row.english : row.japanese, remark.arguments, language);
}

std::string help_of(const Remark& remark, Language language) {
    const FindingRow& row = row_of(remark.finding);
    return filled(language == Language::english ? row.help_english : row.help_japanese, remark.arguments, language);
}

std::string render(const Remark& remark, const Sources& sources, Language language) {
    const FindingRow& row = row_of(remark.finding);
    const bool english = language == Language::english;
    const std::string_view weight = row.error ? english ? "error" : "エラー" : english ? "warning" : "警告";
    std::string place;
    std::string excerpt;
    if (remark.at && remark.at->file < sources.size()) {
        const SourceText& text = sources[remark.at->file];
        const Source source(text.name, text.text, remark.at->file);
        const Position position = source.position(remark.at->begin);
        place = fmt::format("{}:{}:{}: ", source.name(), position.line, position.column);
        excerpt = fmt::format("{:>5} | {}\n", position.line, cut(source.line(position.line)));
    }
    std::string out = fmt::format("{}{} {}: {}\n{}", place, weight, row.code, message_of(remark, language), excerpt);
    const std::string help = help_of(remark, language);
    if (!help.empty()) out += fmt::format("      = {}: {}\n", english ? "help" : "対処", help);
    return out;
}

std::string render(std::span<const Remark> remarks, const Sources& sources, Language language) {
    std::string out;
    for (const Remark& remark : remarks) out += render(remark, sources, language);
    return out;
}

} // namespace sekisho::policy
