#include "gateway/cli/formats_table.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "sanitizer/catalogue/type_findings.h"

namespace sekisho::cli {

namespace {

namespace json = boost::json;

std::string levels_of(Type type) {
    std::string levels;
    for (const Level level : {Level::rebuild, Level::flatten, Level::text})
        if (is_supported(type, level)) levels += fmt::format("{}{}", levels.empty() ? "" : " ", name_of(level));
    return levels;
}

// "csv.* text.*"; a plus where files of any kind may be inside.
std::string groups_of(Type type) {
    const TypeFindings row = findings_of(type);
    std::string text;
    for (const char c : row.groups) text += c == ' ' ? std::string(".* ") : std::string(1, c);
    return text.empty() ? text : text + (row.carries ? ".* +" : ".*");
}

json::array codes_of(Type type) {
    json::array codes;
    for (const FindingRow& row : all_findings())
        if (may_be_found(row.finding, type)) codes.emplace_back(row.code);
    return codes;
}

json::array levels_as_json(Type type) {
    json::array levels;
    for (const Level level : {Level::rebuild, Level::flatten, Level::text})
        if (is_supported(type, level)) levels.emplace_back(name_of(level));
    return levels;
}

json::array types_as_json() {
    json::array types;
    for (const TypeRow& row : all_types())
        types.emplace_back(json::object{{"type", row.name},
                                        {"family", name_of(row.family)},
                                        {"extension", row.extension},
                                        {"accepted", !levels_of(row.type).empty()},
                                        {"levels", levels_as_json(row.type)},
                                        {"findings", codes_of(row.type)},
                                        {"english", row.english},
                                        {"japanese", row.japanese}});
    return types;
}

json::array findings_as_json() {
    json::array findings;
    for (const FindingRow& row : all_findings())
        findings.emplace_back(json::object{
            {"code", row.code}, {"threat", row.threat}, {"english", row.english}, {"japanese", row.japanese}});
    return findings;
}

json::array reasons_as_json() {
    json::array reasons;
    for (const ReasonRow& row : all_reasons())
        reasons.emplace_back(json::object{{"code", row.code},
                                          {"english", row.english},
                                          {"japanese", row.japanese},
                                          {"help", row.help_english},
                                          {"help_japanese", row.help_japanese}});
    return reasons;
}

// What scdoc takes for markup; only texts come here, which have no line breaks.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '*' || c == '_' || c == '\\' || c == '<' || c == '#') out += '\\';
        out += c;
    }
    return out;
}

std::string refused_types() {
    std::string text;
    for (const TypeRow& row : all_types())
        if (levels_of(row.type).empty())
            text += fmt::format("*{}*\n\t{} / {}\n\n", escaped(row.name), escaped(row.english), row.japanese);
    return text;
}

std::string accepted_types() {
    std::string text;
    for (const TypeRow& row : all_types())
        if (const std::string levels = levels_of(row.type); !levels.empty())
            text += fmt::format("*{}* ({})\n\t{} / {}. Findings: {}\n\n", escaped(row.name), levels,
                                escaped(row.english), row.japanese, escaped(groups_of(row.type)));
    return text;
}

} // namespace

std::string formats_as_text(bool japanese) {
    std::string text;
    for (const TypeRow& row : all_types()) {
        const std::string levels = levels_of(row.type);
        text += fmt::format("{:<18} {:<22} {:<22} {}\n", row.name,
                            levels.empty() ? (japanese ? "（遮断）" : "(refused)") : levels, groups_of(row.type),
                            japanese ? row.japanese : row.english);
    }
    text += japanese ? "\n+ ：中のファイルの検出コードも含む\n\n" : "\n+ : and the findings of the files inside\n\n";
    for (const FindingRow& row : all_findings())
        text += fmt::format("{:<32} {:<5} {}\n", row.code, row.threat, japanese ? row.japanese : row.english);
    return text;
}

std::string formats_as_json() {
    return json::serialize(
        json::object{{"types", types_as_json()}, {"findings", findings_as_json()}, {"reasons", reasons_as_json()}});
}

std::string formats_as_manual() {
    std::string text = "sekisho-formats(7)\n\n# NAME\n\nsekisho-formats - kinds of file that the gateway accepts, and "
                       "what it finds in them\n\n"
                       "# DESCRIPTION\n\nMade by *sekisho formats --manual*. A kind is told by content, never by name. "
                       "After its name stand the "
                       "levels at which it is delivered and the groups of finding codes; + means: and the findings of "
                       "the files inside.\n\n"
                       "# ACCEPTED\n\n" +
                       accepted_types() + "# REFUSED BY NAME\n\n" + refused_types() + "# FINDINGS\n\n";
    for (const FindingRow& row : all_findings())
        text += fmt::format("*{}* ({})\n\t{} / {}\n\n", row.code, row.threat, escaped(row.english), row.japanese);
    text += "# REASONS\n\nWhy a file is refused, and what to do next.\n\n";
    for (const ReasonRow& row : all_reasons())
        text += fmt::format("*{}*\n\t{} / {}.++\n{} / {}\n\n", row.code, escaped(row.english), row.japanese,
                            escaped(row.help_english), row.help_japanese);
    return text + "# SEE ALSO\n\n*sekisho*(1), *sekisho-policy*(5)\n";
}

} // namespace sekisho::cli
