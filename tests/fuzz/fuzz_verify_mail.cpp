#include "sanitizer/verify/mail/mail.h"

namespace {

using namespace sekisho;

Result<> accept(Type, const Source&, const Limits&) {
    return {};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const View input{data, size};
    if (!verify::mail(MemorySource(input), {}, accept)) return 0;
    for (const std::string_view vector : {"\nReceived:", "\nX-", "Content-Type: message/external-body",
                                          "Content-Type: message/partial", "\nBcc:", "Content-Type: multipart/signed"})
        if (as_text(input).find(vector) != std::string_view::npos) bug("accepted " + std::string(vector));
    return 0;
}
