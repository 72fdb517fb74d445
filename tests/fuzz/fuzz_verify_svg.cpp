// What the verifier accepts holds no vector that a plain search finds.
#include "sanitizer/verify/svg/svg.h"
#include "tests/fuzz/third_reading.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    const View file(data, size);
    if (!verify::svg(MemorySource(file), Limits())) return 0;
    fuzz::has_none(as_text(file), {"<script", "<foreignObject", "<!ENTITY", "<!DOCTYPE", "<iframe", "<animate"});
    return 0;
}
