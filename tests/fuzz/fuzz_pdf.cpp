// Any bytes: a verdict, no crash, no hang.
#include "sanitizer/formats/pdf/pdf.h"
#include "tests/support/corpus.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    sekisho::Limits limits;
    limits.seconds = 5;
    limits.bytes_in_memory = 16U << 20;
    limits.bytes_unpacked = 64U << 20;
    limits.pixels = 1U << 24;
    sekisho::tests::Bench bench(sekisho::Level::rebuild, limits);
    (void)bench.run(sekisho::pdf::rebuild, sekisho::Type::pdf, {data, size});
    return 0;
}
