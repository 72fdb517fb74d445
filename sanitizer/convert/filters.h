// Which of the suite's filters a conversion needs.
#pragma once

#include <optional>

#include "sanitizer/core/conversion.h"

namespace sekisho::convert {

struct Filters {
    const char* load = nullptr;
    const char* save = nullptr;
    bool is_table = false; // Calc does it
};

// Nothing for a pair that the suite is not asked to do.
std::optional<Filters> filters_for(Document from, Document to);

} // namespace sekisho::convert
