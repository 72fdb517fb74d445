// What a verifier of drawings accepts holds no vector that a plain search finds.
#include "sanitizer/verify/dxf/dxf.h"
#include "sanitizer/verify/jww/jww.h"
#include "sanitizer/verify/sxf/sxf.h"

namespace {

void has_none(sekisho::View file, std::initializer_list<std::string_view> vectors) {
    for (const std::string_view vector : vectors)
        if (sekisho::as_text(file).find(vector) != std::string_view::npos) sekisho::bug("accepted a vector");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    const View file(data, size);
    const MemorySource source(file);
    if (verify::dxf(source, {}))
        has_none(file, {"\r\nIMAGEDEF\r\n", "\r\nOLE2FRAME\r\n", "\r\n3DSOLID\r\n", "\r\n310\r\n", "\r\n999\r\n",
                        "\r\n102\r\n"});
    if (verify::sfc(source, {})) has_none(file, {"SXF*/\r\n#", "('Y"});
    if (verify::p21(source, {})) has_none(file, {"/*", "\n\n", "\x80"});
    if (verify::jww(source, {})) has_none(file, {"^@BM\\\\"});
    return 0;
}
