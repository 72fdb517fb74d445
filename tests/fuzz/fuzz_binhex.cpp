#include "sanitizer/formats/binhex/binhex.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    const std::string_view text = as_text(View{data, size});
    Budget budget(Limits{});
    const auto found = binhex::find(text);
    if (!found.empty() && (found.data() < text.data() || found.data() + found.size() > text.data() + text.size()))
        bug("found outside");
    if (const auto file = binhex::decode(text, budget); file && file->data.size() > size * 256)
        bug("more than runs allow");
    return 0;
}
