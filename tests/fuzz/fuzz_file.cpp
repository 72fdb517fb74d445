// A whole file the whole way, at each level: detect, sanitise, verify, and the output once more. No converter: what needs
// one is refused. `./dev fuzz --corpus` runs it over real files.
#include <string>

#include "sanitizer/formats/formats.h"
#include "sanitizer/verify/verify.h"

namespace {

using namespace sekisho;

constexpr std::size_t most_out = 256 << 20;

Result<Type> sanitize(View input, std::string_view name, Level level, MemorySink& out) {
    Budget budget(Limits{});
    Report report;
    Context context(level, budget, report, sanitize_file);
    return sanitize_file(MemorySource(input), out, name, context);
}

void one_level(View input, Level level) {
    MemorySink out(most_out);
    const auto made = sanitize(input, {}, level, out);
    if (!made) {
        if (reason_of(made.error()) == Reason::internal) bug("an error without a reason");
        return;
    }
    if (const auto good = verify::file(*made, MemorySource(out.bytes()), {}); !good)
        bug("delivered what the verifier refuses: " + good.error().code);
    if (out.bytes().empty()) return; // a picture has no text
    MemorySink second(most_out);
    const std::string name = "a." + std::string(row_of(*made).extension);
    if (!sanitize(out.bytes(), name, Level::rebuild, second)) bug("refuses what it wrote");
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    warm_up();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    for (const Level level : {Level::rebuild, Level::flatten, Level::text}) one_level(View(data, size), level);
    return 0;
}
