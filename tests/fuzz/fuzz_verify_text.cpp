// A text that the verifier accepts holds no control and no order of writing, a table no formula, by a plain search.
#include "sanitizer/verify/text/text.h"
#include "tests/fuzz/third_reading.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    const View input(data, size);
    const MemorySource source(input);
    if (verify::text(source, {}))
        fuzz::has_none(as_text(input),
                       {"\x1B", "\b", "\x7F", "\u009B", "\u202A", "\u202E", "\u2066", std::string_view("\0", 1)});
    if (verify::csv(source, {}))
        fuzz::has_none("\n" + std::string(as_text(input)),
                       {"\n=HYPERLINK(", ",=WEBSERVICE(", ";=cmd|", "\t=A1", "\n@SUM(", ",+cmd|", "\n\"=A1"});
    return 0;
}
