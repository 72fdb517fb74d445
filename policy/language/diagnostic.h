// What is wrong with a policy, as a value. The texts, in English and Japanese, are in diagnostics.def.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "policy/language/source.h"

namespace sekisho::policy {

enum class Language : std::uint8_t { english, japanese };

enum class Problem : std::uint8_t {
#define PROBLEM(id, ...) id,
#define PHRASE(...)
#include "policy/language/diagnostics.def"
#undef PROBLEM
#undef PHRASE
};

struct ProblemRow {
    Problem problem;
    std::string_view code; // stable: "P0203"
    std::string_view english;
    std::string_view japanese;
    std::string_view help_english; // may be empty
    std::string_view help_japanese;
};

const ProblemRow& row_of(Problem problem);
std::span<const ProblemRow> all_problems();

enum class Phrase : std::uint8_t {
#define PROBLEM(...)
#define PHRASE(id, ...) id,
#include "policy/language/diagnostics.def"
#undef PROBLEM
#undef PHRASE
};

std::string_view text_of(Phrase phrase, Language language);

// A string is a piece of the policy and is shown in quotes; a number and a phrase are shown as they are.
using Argument = std::variant<std::string, std::uint64_t, Phrase>;

struct Note {
    Phrase text;
    Span at;
};

struct Diagnostic {
    Problem problem;
    Span at;
    std::vector<Argument> arguments;
    std::string suggestion; // the nearest name; may be empty
    std::optional<Note> note;
};

// Gathers the problems of one policy: at most `problems_max`, then one that says that there are more.
class Problems {
public:
    static constexpr std::size_t problems_max = 100;

    // A number or text that could not be read is one problem: what the grammar thinks of it is not added.
    Diagnostic& add(Problem problem, Span at, std::vector<Argument> arguments = {});
    bool unreadable(Span at) const { return m_unreadable.contains({at.file, at.begin}); }
    bool empty() const { return m_found.empty(); }
    bool full() const { return m_found.size() >= problems_max; }
    // In the order of the files, and of what is in them.
    std::vector<Diagnostic> take();

private:
    std::vector<Diagnostic> m_found;
    std::set<std::pair<std::uint16_t, std::uint32_t>>
        m_unreadable; // file and offset where what could not be read begins
    Diagnostic m_dropped{Problem::too_many_problems, {}, {}, {}, {}}; // what is added and not kept
    std::optional<Span> m_more;                                       // where the first was that is not kept
};

// The message and the help (empty if there is none) of one problem, each a line.
std::string message_of(const Diagnostic& diagnostic, Language language);
std::string help_of(const Diagnostic& diagnostic, Language language);

// As a compiler shows it: place, code, message, source line with carets, help, note. Safe for a terminal.
std::string render(const Diagnostic& diagnostic, const Source& source, Language language);
std::string render(std::span<const Diagnostic> diagnostics, const Source& source, Language language);
// Of a policy of several files.
std::string render(std::span<const Diagnostic> diagnostics, const Sources& sources, Language language);

} // namespace sekisho::policy
