// What the verifier accepts holds no vector that a plain search finds.
#include "sanitizer/verify/svg/svg.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    const View file(data, size);
    if (!verify::svg(MemorySource(file), Limits())) return 0;
    for (const std::string_view vector : {"<script", "<foreignObject", "<!ENTITY", "<!DOCTYPE", "<iframe", "<animate"})
        if (as_text(file).find(vector) != std::string_view::npos) bug("accepted a vector");
    return 0;
}
