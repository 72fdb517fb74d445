#include "sanitizer/formats/dxf/dxf.h"
#include "sanitizer/formats/dxf_draw/dxf_draw.h"
#include "sanitizer/verify/dxf/dxf.h"
#include "tests/fuzz/pages.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    fuzz::again({data, size}, Type::dxf, dxf::rebuild,
                [](Type, const Source& source, const Limits& limits) { return verify::dxf(source, limits); });
    fuzz::pages({data, size}, Type::dxf, dxf::sheets);
    return 0;
}
