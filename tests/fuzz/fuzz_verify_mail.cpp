#include "sanitizer/verify/mail/mail.h"
#include "tests/fuzz/third_reading.h"

using namespace sekisho;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const View input{data, size};
    if (!verify::mail(MemorySource(input), {}, fuzz::accept)) return 0;
    fuzz::has_none(as_text(input), {"\nReceived:", "\nX-", "\nContent-Type: message/external-body",
                                    "\nContent-Type: message/partial", "\nBcc:", "\nContent-Type: multipart/signed"});
    return 0;
}
