// What the verifiers accept has none of the vectors by a third reading: plain search in the bytes, which their narrow
// forms allow.
#include "sanitizer/verify/calendar/calendar.h"
#include "sanitizer/verify/html/html.h"
#include "sanitizer/verify/json/json.h"
#include "sanitizer/verify/text/text.h"
#include "sanitizer/verify/xml/xml.h"
#include "tests/fuzz/third_reading.h"

namespace {

using namespace sekisho;

void without(View bytes, std::initializer_list<std::string_view> vectors) {
    std::string lower(as_text(bytes));
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    fuzz::has_none(lower, vectors);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const View input{data, size};
    const MemorySource source(input);
    const auto no_picture = [](Type, const Source&, const Limits&) -> Result<> {
        return refuse(Reason::verify_html_attribute);
    };
    if (verify::html(source, {}, no_picture))
        without(input, {"<script", "<iframe", "<object", "<form", "<svg", "<!--", "=\"javascript:", "<base"});
    if (verify::xml(source, {})) without(input, {"<!doctype", "<!entity", "<![cdata["});
    if (verify::calendar(source, {})) without(input, {"\nattach", "\nx-evil"});
    if (verify::markdown(source, {})) without(input, {"<script", "](javascript:"});
    (void)verify::json(source, {});
    (void)verify::vcard(source, {});
    return 0;
}
