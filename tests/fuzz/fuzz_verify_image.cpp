#include "sanitizer/verify/image/image.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const sekisho::MemorySource source({data, size});
    sekisho::Limits limits;
    limits.pixels_one = 1U << 20;
    (void)sekisho::verify::jpeg(source, limits);
    (void)sekisho::verify::png(source, limits);
    (void)sekisho::verify::gif(source, limits);
    (void)sekisho::verify::tiff(source, limits);
    return 0;
}
