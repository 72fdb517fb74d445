#include "sanitizer/formats/pages/pages.h"
#include "sanitizer/verify/pdf/pdf.h"
#include "tests/fuzz/again.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    Budget budget{Limits{}};
    Report report;
    Context context(Level::flatten, budget, report, nullptr);
    MemorySink out(1U << 28);
    const MemorySource source(View{data, size});
    Job job{source, out, Type::text, context};
    if (!pages::flatten(job)) return 0;
    if (!verify::pdf(MemorySource(out.bytes()), {})) __builtin_trap(); // delivered, but not to be delivered
    return 0;
}
