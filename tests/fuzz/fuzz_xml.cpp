#include "sanitizer/formats/xml/xml.h"
#include "sanitizer/verify/xml/xml.h"
#include "tests/fuzz/again.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    fuzz::again({data, size}, Type::xml, xml::rebuild,
                [](Type, const Source& source, const Limits& limits) { return verify::xml(source, limits); });
    return 0;
}
