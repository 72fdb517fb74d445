// Whatever comes in: no crash, and what is delivered passes the verifier.
#include "sanitizer/formats/metafile/metafile.h"
#include "sanitizer/verify/image/image.h"

namespace {

using namespace sekisho;

Result<Type> refuse_nested(const Source&, Sink&, std::string_view, Context&) {
    return refuse(Reason::type_unsupported);
}

Limits small_limits() {
    Limits limits;
    limits.pixels_one = limits.pixels = 1U << 22;
    limits.bytes_in_memory = 32ULL << 20;
    return limits;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Limits limits = small_limits();
    Budget budget(limits);
    Report report;
    Context context(Level::rebuild, budget, report, refuse_nested);
    const MemorySource source({data, size});
    MemorySink out(64ULL << 20);
    Job job{source, out, Type::metafile, context};
    if (metafile::to_png(job) && !verify::png(MemorySource(out.bytes()), limits))
        bug("delivered what the verifier refuses");
    return 0;
}
