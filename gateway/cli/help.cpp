#include "gateway/cli/help.h"

#include <fmt/format.h>

#include "policy/language/keywords.h"
#include "sanitizer/core/limits.h"

namespace sekisho::cli {

std::string help(std::string_view noun) {
    const bool japanese = speaks_japanese();
    const std::string words = noun.empty() ? "" : std::string(noun) + " ";
    std::string text = japanese ? fmt::format("使い方: sekisho {}動詞 [引数...]\n\n", words)
                                : fmt::format("usage: sekisho {}VERB [ARGUMENT...]\n\n", words);
    for (const VerbRow& verb : all_verbs())
        if (verb.name.starts_with(words))
            text += fmt::format("  {:<18} {}\n", verb.name, japanese ? verb.japanese : verb.english);
    text += japanese
                ? "\n各動詞の説明: sekisho 動詞 --help　　表示の言語: --lang ja または --lang en\n"
                : "\nmore about a verb: sekisho VERB --help; the manual: man sekisho; the language: --lang ja or en\n";
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
    if (verb.name == "policy explain") {
        text += japanese ? "\n項目（KEY。書かなければ、ふつうのファイルとして扱う）:\n "
                         : "\nkeys (what is not said is as in an ordinary file):\n ";
        for (const auto role : {policy::Role::attribute, policy::Role::given})
            for (const std::string_view key : policy::keywords_of(role))
                if (key != "family") text += fmt::format(" {}", key); // the type says it
        text += japanese
                    ? "\n例: sekisho policy explain alpha.sekisho from=internet to=lgwan type=docx size=2MB\n"
                    : "\nexample: sekisho policy explain alpha.sekisho from=internet to=lgwan type=docx size=2MB\n";
    }
    return text;
}

} // namespace sekisho::cli
