// Both forms of SXF: the first byte chooses.
#include "sanitizer/formats/sxf/sxf.h"
#include "sanitizer/formats/sxf_draw/sxf_draw.h"
#include "sanitizer/verify/sxf/sxf.h"
#include "tests/fuzz/pages.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    if (size == 0) return 0;
    const bool features = data[0] % 2 == 0;
    const View file = View(data, size).subspan(1);
    fuzz::again(file, features ? Type::sfc : Type::p21, features ? sxf::sfc : sxf::p21,
                [](Type type, const Source& source, const Limits& limits) {
                    return type == Type::sfc ? verify::sfc(source, limits) : verify::p21(source, limits);
                });
    fuzz::pages(file, features ? Type::sfc : Type::p21, features ? sxf::sfc_sheets : sxf::p21_sheets);
    return 0;
}
