// What to do next, for errors that do not say it themselves.
#pragma once

#include <span>
#include <string_view>

namespace sekisho::cli {

struct NextStep {
    std::string_view beginning; // of the error's code
    std::string_view english;
    std::string_view japanese;
};

std::span<const NextStep> all_next_steps();
const NextStep& next_step(std::string_view code);

} // namespace sekisho::cli
