// The ZIP rebuild with a stand-in for the formats; what it writes must open again without quirks.
#include "sanitizer/detect/detect.h"
#include "sanitizer/formats/archive/archive.h"
#include "sanitizer/formats/zip_container/zip.h"

namespace {

using namespace sekisho;

Result<Type> nested(const Source& in, Sink& out, std::string_view name, Context& context) {
    const Type type = TRY(detect(in, name, context.budget()));
    Job job{in, out, type, context};
    if (type == Type::zip) return archive::zip(job);
    if (type != Type::text) return refuse(Reason::type_unsupported);
    TRY(out.write(TRY(in.whole(1 << 20))));
    return type;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Limits limits;
    limits.bytes_unpacked = 8 << 20;
    Budget budget(limits);
    Report report;
    Context context(Level::rebuild, budget, report, nested);
    const MemorySource source(View(data, size));
    MemorySink out(16 << 20);
    Job job{source, out, Type::zip, context};
    const auto type = archive::zip(job);
    if (!type) {
        if (reason_of(type.error()) == Reason::internal) bug("a refusal without a reason");
        return 0;
    }
    Budget second(Limits{});
    const MemorySource made(out.bytes());
    const auto reader = ZipReader::open(made, second);
    if (!reader) bug("the output does not open");
    const auto& quirks = reader->quirks();
    if (quirks.bytes_before || quirks.bytes_after || quirks.comment || quirks.gaps) bug("the output has quirks");
    return 0;
}
