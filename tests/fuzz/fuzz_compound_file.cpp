#include "sanitizer/formats/compound_file/compound_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    Limits limits;
    Budget budget(limits);
    const MemorySource source(View{data, size});
    const auto file = CompoundFile::open(source, budget);
    if (!file) return 0;
    for (std::uint32_t i = 0; i < file->count(); ++i)
        for (const std::uint32_t child : file->entry(i).children)
            if (!file->entry(child).storage) (void)file->read(child);
    return 0;
}
