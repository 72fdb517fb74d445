// Type detection: an answer or a refusal, whatever the bytes.
#include "sanitizer/detect/detect.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    Budget budget(Limits{});
    const MemorySource source(View(data, size));
    const auto type = detect(source, "a.csv", budget);
    if (!type && reason_of(type.error()) == Reason::internal) bug("a refusal without a reason");
    return 0;
}
