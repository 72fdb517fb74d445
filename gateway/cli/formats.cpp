// sekisho formats: the catalogue as a table.
#include <boost/json.hpp>
#include <fmt/format.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/verbs.h"
#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::cli {

namespace json = boost::json;

namespace {

std::string levels_of(Type type) {
    std::string levels;
    for (const Level level : {Level::rebuild, Level::flatten, Level::text})
        if (is_supported(type, level)) levels += fmt::format("{}{}", levels.empty() ? "" : " ", name_of(level));
    return levels;
}

json::value as_json() {
    json::array types;
    for (const TypeRow& row : all_types())
        types.emplace_back(json::object{{"type", row.name},
                                        {"family", name_of(row.family)},
                                        {"levels", levels_of(row.type)},
                                        {"english", row.english},
                                        {"japanese", row.japanese}});
    json::array findings;
    for (const FindingRow& row : all_findings())
        findings.emplace_back(json::object{
            {"code", row.code}, {"threat", row.threat}, {"english", row.english}, {"japanese", row.japanese}});
    json::array reasons;
    for (const ReasonRow& row : all_reasons())
        reasons.emplace_back(json::object{{"code", row.code},
                                          {"english", row.english},
                                          {"japanese", row.japanese},
                                          {"help", row.help_english},
                                          {"help_japanese", row.help_japanese}});
    return json::object{
        {"types", std::move(types)}, {"findings", std::move(findings)}, {"reasons", std::move(reasons)}};
}

} // namespace

int formats(const Arguments& arguments) {
    if (arguments.flag("--json")) {
        fmt::print("{}\n", json::serialize(as_json()));
        return ExitCode::done;
    }
    const bool japanese = speaks_japanese();
    for (const TypeRow& row : all_types()) {
        const std::string levels = levels_of(row.type);
        fmt::print("{:<18} {:<24} {}\n", row.name, levels.empty() ? (japanese ? "（遮断）" : "(refused)") : levels,
                   japanese ? row.japanese : row.english);
    }
    fmt::print("\n");
    for (const FindingRow& row : all_findings())
        fmt::print("{:<32} {:<5} {}\n", row.code, row.threat, japanese ? row.japanese : row.english);
    return ExitCode::done;
}

} // namespace sekisho::cli
