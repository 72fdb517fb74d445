// sekisho: finds the verb in the table and runs it.
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "gateway/cli/exit_code.h"
#include "gateway/cli/help.h"
#include "gateway/cli/version.h"

using namespace sekisho;

namespace {

// The verb that the first words name ("zone status" has two), and how many words that took.
const cli::VerbRow* verb_of(const std::vector<std::string>& words, std::size_t& taken) {
    for (taken = 2; taken >= 1; --taken) {
        if (words.size() < taken) continue;
        const std::string name = taken == 2 ? words[0] + " " + words[1] : words[0];
        for (const cli::VerbRow& verb : cli::all_verbs())
            if (verb.name == name) return &verb;
    }
    return nullptr;
}

// "policy" alone asks what there is.
bool is_noun(const std::string& word) {
    return std::ranges::any_of(cli::all_verbs(),
                               [&](const cli::VerbRow& verb) { return verb.name.starts_with(word + " "); });
}

int unknown_verb(const std::vector<std::string>& words) {
    const bool second = words.size() > 1 && is_noun(words[0]);
    const std::string asked = second ? words[0] + " " + words[1] : words[0];
    std::vector<std::string_view> names;
    for (const cli::VerbRow& verb : cli::all_verbs())
        if (!second || verb.name.starts_with(words[0] + " ")) names.push_back(verb.name);
    const auto meant = cli::nearest(asked, names);
    const bool japanese = cli::speaks_japanese();
    const std::string see = fmt::format("sekisho {}--help", second ? words[0] + " " : "");
    const std::string help =
        meant ? fmt::format(fmt::runtime(japanese ? "もしかして: sekisho {}" : "Did you mean: sekisho {}"), *meant)
              : fmt::format(fmt::runtime(japanese ? "一覧: {}" : "See: {}"), see);
    const std::string message =
        fmt::format(fmt::runtime(japanese ? "{} という動詞はありません" : "there is no verb {}"), asked);
    return cli::complain(Error{ErrorKind::reject, "usage", message, {}, help});
}

} // namespace

int main(int count, char** values) {
    std::vector<std::string> words(values + 1, values + count);
    if (const auto taken = cli::take_language(words); !taken) return cli::complain(taken.error());
    if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
        fmt::print(words.empty() ? stderr : stdout, "{}", cli::help());
        return words.empty() ? cli::ExitCode::usage : cli::ExitCode::done;
    }
    if (words[0] == "--version") {
        fmt::print("sekisho {}\n", cli::version);
        return cli::ExitCode::done;
    }
    const bool asks = words.size() == 1 || words[1] == "--help" || words[1] == "-h" || words[1] == "help";
    if (asks && is_noun(words[0])) {
        fmt::print(words.size() == 1 ? stderr : stdout, "{}", cli::help(words[0]));
        return words.size() == 1 ? cli::ExitCode::usage : cli::ExitCode::done;
    }
    std::size_t taken = 0;
    const cli::VerbRow* verb = verb_of(words, taken);
    if (!verb) return unknown_verb(words);
    const std::vector<std::string> rest(words.begin() + static_cast<std::ptrdiff_t>(taken), words.end());
    const bool help =
        std::ranges::any_of(rest, [](const std::string& word) { return word == "--help" || word == "-h"; });
    if (help) {
        fmt::print("{}", cli::help_of(*verb));
        return cli::ExitCode::done;
    }
    const auto arguments = cli::Arguments::parse(rest, verb->options);
    return arguments ? verb->run(*arguments) : cli::complain(arguments.error());
}
