#include "sanitizer/formats/calendar/calendar.h"
#include "sanitizer/verify/calendar/calendar.h"
#include "tests/fuzz/again.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    fuzz::again({data, size}, Type::calendar, calendar::rebuild,
                [](Type type, const Source& source, const Limits& limits) {
                    return type == Type::vcard ? verify::vcard(source, limits) : verify::calendar(source, limits);
                });
    return 0;
}
