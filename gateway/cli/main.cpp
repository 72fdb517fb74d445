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

int unknown_verb(const std::vector<std::string>& words) {
    std::vector<std::string_view> names;
    for (const cli::VerbRow& verb : cli::all_verbs()) names.push_back(verb.name);
    const auto meant = cli::nearest(words[0], names);
    return cli::complain(Error{ErrorKind::reject,
                               "usage",
                               fmt::format("there is no verb {}", words[0]),
                               {},
                               meant ? fmt::format("Did you mean: sekisho {}", *meant) : "See: sekisho --help"});
}

} // namespace

int main(int count, char** values) {
    const std::vector<std::string> words(values + 1, values + count);
    if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
        fmt::print(words.empty() ? stderr : stdout, "{}", cli::help());
        return words.empty() ? cli::ExitCode::usage : cli::ExitCode::done;
    }
    if (words[0] == "--version") {
        fmt::print("sekisho {}\n", cli::version);
        return cli::ExitCode::done;
    }
    std::size_t taken = 0;
    const cli::VerbRow* verb = verb_of(words, taken);
    if (!verb) return unknown_verb(words);
    const std::vector<std::string> rest(words.begin() + static_cast<std::ptrdiff_t>(taken), words.end());
    if (std::ranges::find(rest, "--help") != rest.end()) {
        fmt::print("{}", cli::help_of(*verb));
        return cli::ExitCode::done;
    }
    const auto arguments = cli::Arguments::parse(rest, verb->options);
    return arguments ? verb->run(*arguments) : cli::complain(arguments.error());
}
