// Whatever comes in: its pages end as pages or as a refusal, soon.
#pragma once

#include <vector>

#include "sanitizer/formats/cad_sheet/sheet.h"
#include "tests/fuzz/again.h"

namespace sekisho::fuzz {

inline void pages(View input, Type type, Result<std::vector<cad::Sheet>> (*sheets)(Job&)) {
    Limits limits;
    limits.seconds = 5;
    Budget budget(limits);
    Report report;
    Context context(Level::flatten, budget, report, refuse_nested);
    const MemorySource source(input);
    MemorySink out(1 << 20);
    Job job{source, out, type, context};
    const auto made = sheets(job);
    if (!made && reason_of(made.error()) == Reason::internal) bug("an error without a reason");
    if (made && made->empty()) bug("a drawing without a page");
}

} // namespace sekisho::fuzz
