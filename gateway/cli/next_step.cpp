#include "gateway/cli/next_step.h"

namespace sekisho::cli {

namespace {

#define NEXT_STEP(beginning, english, japanese) NextStep{beginning, english, japanese},
constexpr NextStep steps[] = {
#include "gateway/cli/next_steps.def"
};
#undef NEXT_STEP

} // namespace

std::span<const NextStep> all_next_steps() {
    return steps;
}

const NextStep& next_step(std::string_view code) {
    const NextStep* best = &steps[0];
    for (const NextStep& step : steps)
        if (code.starts_with(step.beginning) && step.beginning.size() > best->beginning.size()) best = &step;
    return *best;
}

} // namespace sekisho::cli
