// A package or a flat document as it came. What begins with a byte below 2 is put into a small package as its content
// or its styles instead, so that the fuzzer need not find its way through deflate.
#include "sanitizer/formats/odf/formula.h"
#include "sanitizer/formats/odf/odf.h"
#include "sanitizer/formats/zip_container/zip.h"
#include "sanitizer/verify/odf/odf.h"
#include "tests/fuzz/again.h"

namespace {

using namespace sekisho;

Result<> accept(Type, const Source&, const Limits&) {
    return {};
}

Result<> check(Type type, const Source& output, const Limits& limits) {
    return verify::odf(type, output, limits, accept);
}

Result<Type> nested(const Source& in, Sink& out, std::string_view, Context&) {
    const View view = TRY(in.whole(1ULL << 26));
    if (!starts_with(view, "\x89PNG")) return refuse(Reason::type_unsupported);
    TRY(out.write(view));
    return Type::png;
}

Bytes package_around(bool styles, View part) {
    MemorySink sink(1ULL << 27);
    ZipWriter zip(sink);
    (void)zip.add("mimetype", as_view("application/vnd.oasis.opendocument.text"), ZipWriter::Pack::store);
    if (styles) {
        (void)zip.add("styles.xml", part);
        part =
            as_view("<o:document-content xmlns:o=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"><o:body><o:text/>"
                    "</o:body></o:document-content>");
    }
    (void)zip.add("content.xml", part);
    (void)zip.add("Pictures/a.png", as_view("\x89PNG"));
    (void)zip.finish();
    return sink.take();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const View input(data, size);
    const bool part = size > 0 && data[0] < 2;
    const Bytes package = part ? package_around(data[0] == 1, input.subspan(1)) : Bytes(input.begin(), input.end());
    fuzz::again(package, Type::odt, odf::rebuild, check, nested);
    MemorySink text(64ULL << 20);
    (void)fuzz::run(package, Type::odt, odf::text, nested, text);
    (void)odf::judge_formula(as_text(input));
    (void)odf::judge_condition(as_text(input));
    return 0;
}
