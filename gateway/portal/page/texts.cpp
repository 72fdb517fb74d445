#include "gateway/portal/page/texts.h"

#include <algorithm>
#include <array>

namespace sekisho::portal {

namespace {

constexpr std::array texts{
#define TEXT(id, japanese, english) TextRow{#id, japanese, english},
#include "gateway/portal/page/texts.def"
#undef TEXT
};

constexpr std::array problems{
#define PROBLEM(code, japanese, english, help_japanese, help_english)                                                  \
    ProblemRow{code, japanese, english, help_japanese, help_english},
#include "gateway/portal/page/problems.def"
#undef PROBLEM
};

// The rows of an enumeration stand in its order, one after another.
template <typename Enum> Text nth(Text first, Enum value) {
    return static_cast<Text>(static_cast<std::uint16_t>(first) + static_cast<std::uint16_t>(value));
}

static_assert(static_cast<int>(Text::place_field) - static_cast<int>(Text::place_file) ==
              static_cast<int>(Place::count) - 1);
static_assert(static_cast<int>(Text::action_replaced) - static_cast<int>(Text::action_removed) ==
              static_cast<int>(Action::count) - 1);
static_assert(static_cast<int>(Text::stage_verify) - static_cast<int>(Text::stage_scan) ==
              static_cast<int>(Stage::count) - 1);
static_assert(static_cast<int>(Text::level_block) - static_cast<int>(Text::level_rebuild) ==
              static_cast<int>(Level::count) - 1);

} // namespace

std::string_view text_of(Text text, bool japanese) {
    const TextRow& row = texts.at(static_cast<std::size_t>(text));
    return japanese ? row.japanese : row.english;
}

std::span<const TextRow> all_texts() {
    return texts;
}

std::span<const ProblemRow> all_problems() {
    return problems;
}

Problem problem_of(const Error& error, bool japanese) {
    Problem problem;
    if (const auto reason = reason_by_code(error.code)) {
        const ReasonRow& row = row_of(*reason);
        problem.text = japanese ? row.japanese : row.english;
        problem.help = japanese ? row.help_japanese : row.help_english;
        return problem;
    }
    auto row = std::ranges::find(problems, error.code, &ProblemRow::code);
    if (row == problems.end())
        row = std::ranges::find_if(problems, [&](const ProblemRow& group) {
            return group.code.ends_with('.') && error.code.starts_with(group.code);
        });
    if (row == problems.end()) row = std::ranges::find(problems, "unknown", &ProblemRow::code);
    problem.text = japanese ? row->japanese : row->english;
    problem.help = japanese ? row->help_japanese : row->help_english;
    if (error.code == "policy.refused") problem.detail = error.message;
    return problem;
}

std::string_view phase_of(State state) {
    switch (state) {
    case State::uploading:
        return "sending";
    case State::received:
    case State::processing:
    case State::releasing:
        return "sanitising";
    case State::held:
        return "waiting";
    case State::delivered:
        return "ready";
    case State::refused:
    case State::sent_back:
    case State::failed:
        return "returned";
    default:
        return "ended";
    }
}

Text text_of_phase(State state) {
    switch (state) {
    case State::uploading:
        return Text::phase_sending;
    case State::received:
    case State::processing:
    case State::releasing:
        return Text::phase_sanitising;
    case State::held:
        return Text::phase_waiting;
    case State::delivered:
        return Text::phase_ready;
    case State::withdrawn:
        return Text::phase_withdrawn;
    case State::expired:
        return Text::phase_expired;
    default:
        return Text::phase_returned;
    }
}

Text text_of(Place place) {
    return nth(Text::place_file, place);
}
Text text_of(Action action) {
    return nth(Text::action_removed, action);
}
Text text_of(Stage stage) {
    return nth(Text::stage_scan, stage);
}
Text text_of(Level level) {
    return nth(Text::level_rebuild, level);
}

std::string_view help_of(Reason reason, bool japanese) {
    const bool password =
        reason == Reason::input_encrypted || reason == Reason::archive_password || reason == Reason::office_password;
    if (password) return text_of(Text::file_passwords_again, japanese);
    const ReasonRow& row = row_of(reason);
    return japanese ? row.help_japanese : row.help_english;
}

} // namespace sekisho::portal
