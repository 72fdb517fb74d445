#include "policy/language/diagnostic.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "policy/language/unicode.h"

namespace sekisho::policy {

namespace {

constexpr std::array problems{
#define PROBLEM(id, code, english, japanese, help_english, help_japanese)                                              \
    ProblemRow{Problem::id, code, english, japanese, help_english, help_japanese},
#define PHRASE(...)
#include "policy/language/diagnostics.def"
#undef PROBLEM
#undef PHRASE
};

struct PhraseRow {
    std::string_view english;
    std::string_view japanese;
};

constexpr std::array phrases{
#define PROBLEM(...)
#define PHRASE(id, english, japanese) PhraseRow{english, japanese},
#include "policy/language/diagnostics.def"
#undef PROBLEM
#undef PHRASE
};

constexpr std::size_t quoted_bytes_max = 120;

std::string quoted(std::string_view text, Language language) {
    std::string shown(text.substr(0, quoted_bytes_max));
    // Cutting through a character must not show as damage.
    while (shown.size() < text.size() && !shown.empty() && (text[shown.size()] & 0xC0) == 0x80) shown.pop_back();
    const std::string_view rest = shown.size() < text.size() ? "…" : "";
    const bool english = language == Language::english;
    return fmt::format("{}{}{}{}", english ? "`" : "「", visible(shown), rest, english ? "`" : "」");
}

std::string shown(const Argument& argument, Language language) {
    if (const auto* text = std::get_if<std::string>(&argument)) return quoted(*text, language);
    if (const auto* number = std::get_if<std::uint64_t>(&argument)) return fmt::format("{}", *number);
    return std::string(text_of(std::get<Phrase>(argument), language));
}

// Replaces {0} to {9}; what has no argument stays.
std::string filled(std::string_view pattern, std::span<const Argument> arguments, Language language) {
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool hole = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
        const auto index = hole ? static_cast<std::size_t>(pattern[i + 1] - '0') : arguments.size();
        if (index >= arguments.size()) {
            out += pattern[i];
            continue;
        }
        out += shown(arguments[index], language);
        i += 2;
    }
    return out;
}

} // namespace

const ProblemRow& row_of(Problem problem) {
    return problems[static_cast<std::size_t>(problem)];
}

std::span<const ProblemRow> all_problems() {
    return problems;
}

std::string_view text_of(Phrase phrase, Language language) {
    const PhraseRow& row = phrases[static_cast<std::size_t>(phrase)];
    return language == Language::english ? row.english : row.japanese;
}

Diagnostic& Problems::add(Problem problem, Span at, std::vector<Argument> arguments) {
    const bool number = problem == Problem::bad_number || problem == Problem::number_too_large;
    const bool text = problem == Problem::text_not_closed;
    if (number || text)
        m_unreadable.insert({at.file, at.begin});
    else if (unreadable(at))
        return m_dropped;
    if (full()) {
        if (!m_more) m_more = at;
        return m_dropped;
    }
    // In the order of the source, and of finding where the place is the same.
    const auto after = std::upper_bound(m_found.begin(), m_found.end(), at, [](Span span, const Diagnostic& other) {
        return std::pair(span.file, span.begin) < std::pair(other.at.file, other.at.begin);
    });
    return *m_found.insert(after, Diagnostic{problem, at, std::move(arguments), {}, {}});
}

std::vector<Diagnostic> Problems::take() {
    if (m_more) m_found.push_back({Problem::too_many_problems, *m_more, {}, {}, {}});
    return std::move(m_found);
}

std::string message_of(const Diagnostic& diagnostic, Language language) {
    const ProblemRow& row = row_of(diagnostic.problem);
    return filled(language == Language::english ? row.english : row.japanese, diagnostic.arguments, language);
}

std::string help_of(const Diagnostic& diagnostic, Language language) {
    if (!diagnostic.suggestion.empty())
        return filled(text_of(Phrase::did_you_mean, language), std::array{Argument(diagnostic.suggestion)}, language);
    const ProblemRow& row = row_of(diagnostic.problem);
    return filled(language == Language::english ? row.help_english : row.help_japanese, diagnostic.arguments, language);
}

} // namespace sekisho::policy
