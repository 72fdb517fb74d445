// Whatever comes in: no crash, and what is delivered passes the verifier.
#include "sanitizer/formats/text/text.h"
#include "sanitizer/verify/text/text.h"

namespace {

using namespace sekisho;

Result<Type> refuse_nested(const Source&, Sink&, std::string_view, Context&) {
    return refuse(Reason::type_unsupported);
}

void run(View input, Result<Type> (*format)(Job&), Result<> (*check)(const Source&, const Limits&)) {
    const Limits limits;
    Budget budget(limits);
    Report report;
    Context context(Level::rebuild, budget, report, refuse_nested);
    const MemorySource source(input);
    MemorySink out(64ULL << 20);
    Job job{source, out, Type::text, context};
    if (format(job) && !check(MemorySource(out.bytes()), limits)) bug("delivered what the verifier refuses");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    run({data, size}, text::plain, verify::text);
    run({data, size}, text::csv, verify::csv);
    return 0;
}
