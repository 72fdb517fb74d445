#include "gateway/cli/arguments.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <fmt/format.h>

namespace sekisho::cli {

namespace {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row.back();
}

std::unexpected<Error> usage_error(std::string message, std::string help) {
    return reject("usage", std::move(message), {}, std::move(help));
}

} // namespace

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> known) {
    std::optional<std::string_view> best;
    std::size_t best_distance = word.size() / 3 + 2;
    for (const std::string_view candidate : known) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance >= best_distance) continue;
        best = candidate;
        best_distance = distance;
    }
    return best;
}

Result<Arguments> Arguments::parse(std::span<const std::string> words, std::span<const OptionRow> options) {
    Arguments arguments;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word == "--") {
            arguments.m_operands.insert(arguments.m_operands.end(), words.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                        words.end());
            break;
        }
        if (word.size() < 2 || word[0] != '-') {
            arguments.m_operands.push_back(word);
            continue;
        }
        const std::size_t equals = word.find('=');
        const std::string name = word.substr(0, equals);
        const auto row = std::ranges::find(options, name, &OptionRow::name);
        if (row == options.end()) {
            std::vector<std::string_view> names;
            for (const OptionRow& option : options) names.push_back(option.name);
            const auto meant = nearest(name, names);
            return usage_error(fmt::format("there is no option {}", name),
                               meant ? fmt::format("Did you mean {}?", *meant) : "See --help");
        }
        if (row->argument.empty()) {
            if (equals != std::string::npos) return usage_error(fmt::format("{} takes no value", name), "See --help");
            arguments.m_values[name] = "";
        } else if (equals != std::string::npos) {
            arguments.m_values[name] = word.substr(equals + 1);
        } else if (i + 1 < words.size()) {
            arguments.m_values[name] = words[++i];
        } else {
            return usage_error(fmt::format("{} needs a value", name), fmt::format("Write {} {}", name, row->argument));
        }
    }
    return arguments;
}

std::optional<std::string> Arguments::value(std::string_view name) const {
    const auto found = m_values.find(name);
    if (found == m_values.end()) return std::nullopt;
    return found->second;
}

Result<std::uint64_t> Arguments::number(std::string_view name, std::uint64_t otherwise, std::uint64_t least,
                                        std::uint64_t most) const {
    const auto text = value(name);
    if (!text) return otherwise;
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc() || end != text->data() + text->size() || number < least || number > most)
        return usage_error(fmt::format("{} {} is not a number from {} to {}", name, *text, least, most), "See --help");
    return number;
}

Result<> take_language(std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
        const bool joined = words[i].starts_with("--lang=");
        if (!joined && words[i] != "--lang") continue;
        if (!joined && i + 1 == words.size())
            return usage_error("--lang needs a value", "Write --lang ja or --lang en");
        const std::string language = joined ? words[i].substr(std::string_view("--lang=").size()) : words[i + 1];
        if (language != "ja" && language != "en")
            return usage_error(fmt::format("there is no language {}", language), "Write --lang ja or --lang en");
        setenv("SEKISHO_LANG", language.c_str(), 1);
        const auto at = words.begin() + static_cast<std::ptrdiff_t>(i);
        words.erase(at, at + (joined ? 1 : 2));
        return {};
    }
    return {};
}

bool speaks_japanese() {
    for (const char* name : {"SEKISHO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value && *value) return std::string_view(value).starts_with("ja");
    }
    return false;
}

} // namespace sekisho::cli
