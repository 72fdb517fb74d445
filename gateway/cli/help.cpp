#include "gateway/cli/help.h"

#include <fmt/format.h>

#include "sanitizer/core/limits.h"

namespace sekisho::cli {

std::string help() {
    const bool japanese = speaks_japanese();
    std::string text = japanese ? "使い方: sekisho 動詞 [引数...]\n\n" : "usage: sekisho VERB [ARGUMENT...]\n\n";
    for (const VerbRow& verb : all_verbs())
        text += fmt::format("  {:<18} {}\n", verb.name, japanese ? verb.japanese : verb.english);
    text += japanese ? "\n各動詞の説明: sekisho 動詞 --help\n"
                     : "\nmore about a verb: sekisho VERB --help; the manual: man sekisho\n";
    return text;
}

std::string help_of(const VerbRow& verb) {
    const bool japanese = speaks_japanese();
    std::string text = fmt::format("{}: sekisho {} {}\n\n{}\n", japanese ? "使い方" : "usage", verb.name, verb.operands,
                                   japanese ? verb.japanese : verb.english);
    if (!verb.options.empty()) text += "\n";
    for (const OptionRow& option : verb.options)
        text += fmt::format("  {:<20} {}\n", fmt::format("{} {}", option.name, option.argument),
                            japanese ? option.japanese : option.english);
    if (verb.name == "sanitize") {
        text += japanese ? "\n上限値（--limits）:\n" : "\nlimits (--limits FILE, lines of name = number):\n";
        const Limits defaults;
        for (const LimitRow& row : all_limits())
            text += fmt::format("  {:<18} {} ({}, default {})\n", row.name, row.english, row.unit, row.get(defaults));
    }
    return text;
}

} // namespace sekisho::cli
