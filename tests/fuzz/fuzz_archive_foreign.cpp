// Archives that are no ZIP, single packed files, and ZIPs with a password; the first byte says in how many parts. What
// is delivered as a ZIP must pass the verifier's reading, which shares no code with ours.
#include "sanitizer/detect/detect.h"
#include "sanitizer/formats/archive/archive.h"
#include "sanitizer/formats/archive_foreign/foreign.h"
#include "sanitizer/verify/archive/archive.h"

namespace {

using namespace sekisho;

Result<Type> copied(Job& job) {
    TRY(job.out.write(TRY(job.in.whole(1 << 20))));
    return job.type;
}

Result<Type> nested(const Source& in, Sink& out, std::string_view name, Context& context) {
    const Type type = TRY(detect(in, name, context.budget()));
    Job job{in, out, type, context, name};
    if (type == Type::zip) return archive::zip(job);
    if (type == Type::text || type == Type::csv) return copied(job);
    if (row_of(type).family != Family::archive) return refuse(Reason::type_unsupported);
    const bool single = type == Type::gzip || type == Type::bzip2 || type == Type::xz || type == Type::zstd;
    return single ? archive_foreign::unpack(job) : archive_foreign::rebuild(job);
}

Result<> verified(Type type, const Source& content, const Limits& limits) {
    return type == Type::zip ? verify::zip(content, limits, verified) : Result<>();
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    archive::warm_up();
    archive_foreign::warm_up();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const View input(data, size);
    Limits limits;
    limits.bytes_unpacked = limits.bytes_out = 8 << 20;
    limits.members = 1000;
    Budget budget(limits);
    Report report;
    Context context(Level::rebuild, budget, report, nested);
    const std::uint64_t half = input.size() / 2;
    if ((size & 1) != 0 && half > 0) context.give({"secret"}, {half, input.size() - half});
    if ((size & 2) != 0) context.give({"secret", "ひみつ"}, {});
    const MemorySource source(input);
    MemorySink out(limits.bytes_out);
    const auto type = nested(source, out, "a", context);
    if (!type) {
        if (reason_of(type.error()) == Reason::internal) bug("a refusal without a reason");
        return 0;
    }
    if (const auto good = verified(*type, MemorySource(out.bytes()), Limits{}); !good) bug(to_line(good.error()));
    return 0;
}
