// The strict ZIP reader: structure, then every member in both ways of reading, which must agree.
#include "base/error/error.h"
#include "sanitizer/formats/zip_container/zip.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    Limits limits;
    limits.bytes_unpacked = 8 << 20;
    Budget budget(limits);
    const MemorySource source(View(data, size));
    auto reader = ZipReader::open(source, budget);
    if (!reader) return 0;
    for (const ZipEntry& entry : reader->entries()) {
        auto whole = reader->read(entry);
        if (!whole) continue;
        MemorySink pieces(limits.bytes_unpacked);
        if (reader->read_to(entry, pieces) && pieces.bytes() != *whole) bug("read and read_to differ");
    }
    return 0;
}
