// Whatever comes in: no crash; what is delivered passes the verifier; what was delivered stays as it is.
#pragma once

#include "sanitizer/core/job.h"

namespace sekisho::fuzz {

using Format = Result<Type> (*)(Job&);
using Check = Result<> (*)(Type, const Source&, const Limits&);

inline Result<Type> refuse_nested(const Source&, Sink&, std::string_view, Context&) {
    return refuse(Reason::type_unsupported);
}

inline Result<Type> run(View input, Type type, Format format, SanitizeNested nested, MemorySink& out) {
    Limits limits;
    Budget budget(limits);
    Report report;
    Context context(Level::rebuild, budget, report, nested);
    const MemorySource source(input);
    Job job{source, out, type, context};
    return format(job);
}

inline void again(View input, Type type, Format format, Check check, SanitizeNested nested = refuse_nested) {
    MemorySink first(64ULL << 20), second(64ULL << 20);
    const auto made = run(input, type, format, nested, first);
    if (!made) {
        if (reason_of(made.error()) == Reason::internal) bug("an error without a reason");
        return;
    }
    if (const auto good = check(*made, MemorySource(first.bytes()), {}); !good)
        bug("delivered what the verifier refuses: " + good.error().code);
    if (!run(first.bytes(), *made, format, nested, second)) bug("refuses what it wrote");
    if (first.bytes() != second.bytes()) bug("changes what it wrote");
}

} // namespace sekisho::fuzz
