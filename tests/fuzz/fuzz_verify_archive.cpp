// An archive that the verifier accepts writes nothing outside of the folder that it is opened in, as libarchive sees
// it.
#include "sanitizer/verify/archive/archive.h"
#include "tests/fuzz/members.h"
#include "tests/fuzz/third_reading.h"

using namespace sekisho;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const View input(data, size);
    Limits limits;
    limits.bytes_unpacked = 8 << 20;
    if (!verify::zip(MemorySource(input), limits, fuzz::accept)) return 0;
    fuzz::for_members(input, [](std::string_view name, std::string_view) {
        const std::string path = "/" + std::string(name) + "/";
        fuzz::has_none(path, {"//", "/../", "/./", "\\", ":"});
        for (const std::string_view ending : {".exe/", ".lnk/", ".js/", ".vbs/", ".bat/", ".docm/", ".hta/"})
            if (path.ends_with(ending)) bug("accepted a program");
    });
    return 0;
}
