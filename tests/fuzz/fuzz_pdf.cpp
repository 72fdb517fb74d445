// Any bytes: a verdict, no crash, no hang; what is delivered passes the verifier and stays as it is.
#include "sanitizer/formats/pdf/pdf.h"
#include "sanitizer/verify/pdf/pdf.h"
#include "tests/support/corpus.h"

namespace {

using namespace sekisho;

std::optional<Bytes> rebuilt(View input, const Limits& limits) {
    tests::Bench bench(Level::rebuild, limits);
    const auto made = bench.run(pdf::rebuild, Type::pdf, input);
    if (made) return bench.out.take();
    if (reason_of(made.error()) == Reason::internal) bug("an error without a reason");
    return std::nullopt;
}

bool is_limit(const Result<>& result) {
    return result.error().code.starts_with("limit.");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Limits limits;
    limits.seconds = 5;
    limits.bytes_in_memory = 16U << 20;
    limits.bytes_unpacked = 64U << 20;
    limits.pixels = 1U << 24;
    const auto first = rebuilt({data, size}, limits);
    if (!first) return 0;
    if (const auto good = verify::pdf(MemorySource(*first), limits); !good && !is_limit(good))
        bug("delivered what the verifier refuses: " + to_line(good.error()));
    const auto second = rebuilt(*first, limits);
    if (second && rebuilt(*second, limits).value_or(*second) != *second) bug("changes what it wrote");
    return 0;
}
