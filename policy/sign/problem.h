// Why a signed policy is not accepted, as an Error: the code is that of problems.def, `where` says what it is about.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/error/error.h"

namespace sekisho::sign {

enum class Problem : std::uint8_t {
#define PROBLEM(id, ...) id,
#include "policy/sign/problems.def"
#undef PROBLEM
};

struct ProblemRow {
    Problem problem;
    std::string_view code; // "P0901"
    std::string_view english;
    std::string_view japanese;
    std::string_view help_english;
    std::string_view help_japanese;
};

std::span<const ProblemRow> all_problems();
const ProblemRow& row_of(Problem problem);
// Null for a code of another table.
const ProblemRow* row_of_code(std::string_view code);

std::unexpected<Error> refuse(Problem problem, std::string about = {});
// The same error in Japanese; one of another table stays as it is.
Error in_japanese(Error error);

} // namespace sekisho::sign
