// Whatever comes in: no crash, what is delivered passes the verifier, and a plain search finds no vector in it.
#include "sanitizer/formats/image/image.h"
#include "sanitizer/formats/svg/svg.h"
#include "sanitizer/verify/svg/svg.h"

namespace {

using namespace sekisho;

Result<Type> nested(const Source& in, Sink& out, std::string_view, Context& context) {
    Job job{in, out, Type::png, context};
    return image::png(job);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Limits limits;
    limits.pixels_one = limits.pixels = 1U << 16;
    Budget budget(limits);
    Report report;
    Context context(Level::rebuild, budget, report, nested);
    const MemorySource source({data, size});
    MemorySink out(64ULL << 20);
    Job job{source, out, Type::svg, context};
    if (!svg::rebuild(job)) return 0;
    if (!verify::svg(MemorySource(out.bytes()), limits)) bug("delivered what the verifier refuses");
    for (const std::string_view vector : {"<script", "<foreignObject", "<!ENTITY", "<!DOCTYPE", "<iframe", "<animate"})
        if (as_text(out.bytes()).find(vector) != std::string_view::npos) bug("a vector was delivered");
    return 0;
}
