#include "sanitizer/formats/dxf/dxf.h"
#include "sanitizer/verify/dxf/dxf.h"
#include "tests/fuzz/again.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    fuzz::again({data, size}, Type::dxf, dxf::rebuild,
                [](Type, const Source& source, const Limits& limits) { return verify::dxf(source, limits); });
    return 0;
}
