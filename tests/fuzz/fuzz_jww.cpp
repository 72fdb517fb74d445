#include "sanitizer/formats/jww/jww.h"
#include "sanitizer/formats/jww_draw/jww_draw.h"
#include "sanitizer/verify/jww/jww.h"
#include "tests/fuzz/pages.h"
#include "tests/sanitizer/samples/jww.h"

// A header has 20 KB: what comes in follows a whole one, of the version that the first byte chooses.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    if (size == 0) return 0;
    constexpr std::uint32_t versions[] = {230, 300, 351, 420, 600, 700};
    tests::JwwSample drawing(versions[data[0] % 6]);
    drawing.out.raw(View(data, size).subspan(1));
    fuzz::again(drawing.out.bytes(), Type::jww, jww::rebuild,
                [](Type, const Source& source, const Limits& limits) { return verify::jww(source, limits); });
    fuzz::pages(drawing.out.bytes(), Type::jww, jww::sheets);
    return 0;
}
