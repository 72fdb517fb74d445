#include "sanitizer/verify/text/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const sekisho::MemorySource source({data, size});
    (void)sekisho::verify::text(source, {});
    (void)sekisho::verify::csv(source, {});
    return 0;
}
