// The store of the text and the words in it; the container has a target of its own.
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/ichitaro/blocks.h"
#include "sanitizer/formats/ichitaro/words.h"
#include "sanitizer/formats/text/whole.h"
#include "sanitizer/verify/text/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    const auto stored = ichitaro::units_of({data, size});
    if (!stored && reason_of(stored.error()) != Reason::jtd_no_text) bug("another reason than it gives");
    std::u16string units = stored ? *stored : std::u16string();
    for (std::size_t i = 0; !stored && i + 1 < size; i += 2) units += static_cast<char16_t>(data[i] << 8 | data[i + 1]);
    std::string words = ichitaro::words_of(units).utf8;
    if (words.size() > units.size() * 6) bug("text grows");
    text::Whole counts;
    text::clean_again(words, counts);
    if (!verify::text(MemorySource(as_view(words)), {})) bug("delivered what the verifier refuses");
    return 0;
}
