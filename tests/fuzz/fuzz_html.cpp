#include "sanitizer/formats/html/html.h"
#include "sanitizer/verify/html/html.h"
#include "tests/fuzz/again.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    const auto no_picture = [](Type, const Source&, const Limits&) -> Result<> {
        return refuse(Reason::verify_html_attribute);
    };
    static constexpr verify::VerifyPicture picture = no_picture;
    fuzz::again({data, size}, Type::html, html::rebuild,
                [](Type, const Source& source, const Limits& limits) { return verify::html(source, limits, picture); });
    MemorySink text(64ULL << 20);
    fuzz::run({data, size}, Type::html, html::text, fuzz::refuse_nested, text);
    return 0;
}
