// Whatever comes in, as each of the kinds: no crash, and what is delivered passes the verifier.
#include "sanitizer/formats/raster/raster.h"

#include "sanitizer/verify/image/image.h"

namespace {

using namespace sekisho;

Result<Type> refuse_nested(const Source&, Sink&, std::string_view, Context&) {
    return refuse(Reason::type_unsupported);
}

Limits small_limits() {
    Limits limits;
    limits.pixels_one = limits.pixels = 1U << 20;
    limits.bytes_in_memory = 32ULL << 20;
    limits.pages = 100;
    return limits;
}

Result<> verify_it(Type type, View output, const Limits& limits) {
    const MemorySource source(output);
    if (type == Type::gif) return verify::gif(source, limits);
    if (type == Type::tiff) return verify::tiff(source, limits);
    return type == Type::jpeg ? verify::jpeg(source, limits) : verify::png(source, limits);
}

void run(View input, Result<Type> (*format)(Job&)) {
    const Limits limits = small_limits();
    Budget budget(limits);
    Report report;
    Context context(Level::rebuild, budget, report, refuse_nested);
    const MemorySource source(input);
    MemorySink out(64ULL << 20);
    Job job{source, out, Type::unknown, context};
    const auto type = format(job);
    if (type && !verify_it(*type, out.bytes(), limits)) bug("delivered what the verifier refuses");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    for (const auto format : {raster::gif, raster::tiff, raster::bmp, raster::webp, raster::heif, raster::jp2})
        run(View(data, size), format);
    return 0;
}
