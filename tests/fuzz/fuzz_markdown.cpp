#include "sanitizer/formats/markdown/markdown.h"
#include "sanitizer/verify/text/text.h"
#include "tests/fuzz/again.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    fuzz::again({data, size}, Type::markdown, markdown::rebuild,
                [](Type, const Source& source, const Limits& limits) { return verify::markdown(source, limits); });
    return 0;
}
