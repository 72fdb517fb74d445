// Every text of the pages, in two languages: one row of texts.def each, one row of problems.def for each error code.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "gateway/protocol/transfer.h"

namespace sekisho::portal {

enum class Text : std::uint16_t {
#define TEXT(id, japanese, english) id,
#include "gateway/portal/page/texts.def"
#undef TEXT
    count
};

struct TextRow {
    std::string_view id;
    std::string_view japanese;
    std::string_view english;
};

struct ProblemRow {
    std::string_view code;
    std::string_view japanese;
    std::string_view english;
    std::string_view help_japanese; // what to do next
    std::string_view help_english;
};

std::string_view text_of(Text text, bool japanese);
std::span<const TextRow> all_texts();
std::span<const ProblemRow> all_problems();

// What a person reads about an error.
struct Problem {
    std::string where; // the file it is about; may be empty
    std::string text;
    std::string detail; // a policy's own words; may be empty
    std::string help;
};
Problem problem_of(const Error& error, bool japanese);

// "sending", "sanitising", "waiting", "ready", "returned", "ended": the states that a person understands.
std::string_view phase_of(State state);
Text text_of_phase(State state);
Text text_of(Place place);
Text text_of(Action action);
Text text_of(Stage stage);
Text text_of(Level level);
// What to do about a refusal: the catalogue's words, but for a missing or wrong password, for which the page has a
// field.
std::string_view help_of(Reason reason, bool japanese);

// ISO 8601 in UTC, from Unix milliseconds.
std::string time_text(std::int64_t milliseconds);
// "2026-04-01 09:30", in Japan's time (UTC+9, no summer time).
std::string local_time_text(std::int64_t milliseconds);
// "1.5 MB (1,572,864 バイト)".
std::string size_text(std::uint64_t bytes, bool japanese);
// "2ページ目 / オブジェクト12".
std::string path_text(const Path& path, bool japanese);

} // namespace sekisho::portal
