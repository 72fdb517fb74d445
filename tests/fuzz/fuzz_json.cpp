#include "sanitizer/formats/json/json.h"
#include "sanitizer/verify/json/json.h"
#include "tests/fuzz/again.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    fuzz::again({data, size}, Type::json, json::rebuild,
                [](Type, const Source& source, const Limits& limits) { return verify::json(source, limits); });
    return 0;
}
