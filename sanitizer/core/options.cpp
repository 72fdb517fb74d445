#include "sanitizer/core/options.h"

#include <algorithm>
#include <array>

namespace sekisho {

std::span<const OptionChoice> all_choices() {
    static constexpr auto rows = std::to_array<OptionChoice>({
        {"attachments", "drop", "keep", &Options::keep_attachments},
        {"forms", "draw", "keep", &Options::keep_forms},
        {"place", "remove", "keep", &Options::keep_place},
    });
    return rows;
}

bool choose(Options& options, std::string_view name, std::string_view word) {
    const auto rows = all_choices();
    const auto row = std::ranges::find(rows, name, &OptionChoice::name);
    if (row == rows.end() || (word != row->strict && word != row->kept)) return false;
    options.*(row->chosen) = word == row->kept;
    return true;
}

} // namespace sekisho
