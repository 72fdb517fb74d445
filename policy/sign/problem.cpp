#include "policy/sign/problem.h"

#include <algorithm>
#include <iterator>

namespace sekisho::sign {

namespace {

constexpr ProblemRow rows[] = {
#define PROBLEM(id, code, english, japanese, help, help_japanese)                                                      \
    ProblemRow{Problem::id, code, english, japanese, help, help_japanese},
#include "policy/sign/problems.def"
#undef PROBLEM
};

} // namespace

std::span<const ProblemRow> all_problems() {
    return rows;
}

const ProblemRow& row_of(Problem problem) {
    return rows[static_cast<std::size_t>(problem)];
}

const ProblemRow* row_of_code(std::string_view code) {
    const auto found = std::ranges::find(rows, code, &ProblemRow::code);
    return found == std::end(rows) ? nullptr : &*found;
}

std::unexpected<Error> refuse(Problem problem, std::string about) {
    const ProblemRow& row = row_of(problem);
    return reject(std::string(row.code), std::string(row.english), std::move(about), std::string(row.help_english));
}

Error in_japanese(Error error) {
    const ProblemRow* row = row_of_code(error.code);
    if (!row) return error;
    error.message = row->japanese;
    error.help = row->help_japanese;
    return error;
}

} // namespace sekisho::sign
