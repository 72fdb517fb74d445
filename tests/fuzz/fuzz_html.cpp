// Pages, with their drawings; no other picture passes.
#include "sanitizer/formats/html/html.h"
#include "sanitizer/formats/svg/svg.h"
#include "sanitizer/verify/html/html.h"
#include "sanitizer/verify/svg/svg.h"
#include "tests/fuzz/again.h"

namespace {

using namespace sekisho;

Result<Type> drawing(const Source& in, Sink& out, std::string_view, Context& context) {
    if (!starts_with(TRY(in.whole(64ULL << 20)), "<")) return refuse(Reason::type_unsupported);
    Job job{in, out, Type::svg, context};
    return svg::rebuild(job);
}

Result<> check_drawing(Type type, const Source& source, const Limits& limits) {
    return type == Type::svg ? verify::svg(source, limits) : refuse(Reason::verify_html_attribute);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::again(
        {data, size}, Type::html, html::rebuild,
        [](Type, const Source& source, const Limits& limits) { return verify::html(source, limits, check_drawing); },
        drawing);
    MemorySink text(64ULL << 20);
    fuzz::run({data, size}, Type::html, html::text, fuzz::refuse_nested, text);
    return 0;
}
