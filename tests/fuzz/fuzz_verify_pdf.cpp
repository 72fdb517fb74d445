#include "sanitizer/verify/pdf/pdf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    sekisho::Limits limits;
    limits.bytes_unpacked = 8 << 20;
    (void)sekisho::verify::pdf(sekisho::MemorySource(sekisho::View(data, size)), limits);
    return 0;
}
