// A Flat OPC document as it came, or behind a frame that a part of one stands in.
#include "sanitizer/formats/flat_opc/flat_opc.h"
#include "sanitizer/formats/ooxml/ooxml.h"
#include "tests/support/corpus.h"

namespace {

using namespace sekisho;

// Only the picture that stands for others.
Result<Type> nested(const Source& in, Sink& out, std::string_view, Context&) {
    const View view = TRY(in.whole(1ULL << 26));
    if (!starts_with(view, "\x89PNG")) return refuse(Reason::type_unsupported);
    TRY(out.write(view));
    return Type::png;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input = as_text(View(data, size));
    const std::string framed =
        input.starts_with('<')
            ? std::string(input)
            : "<pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\"><pkg:part "
              "pkg:name=\"/_rels/.rels\"><pkg:xmlData><Relationships "
              "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" "
              "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
              "Target=\"d.xml\"/></Relationships></pkg:xmlData></pkg:part>" +
                  std::string(input);
    Limits limits;
    limits.bytes_unpacked = 64ULL << 20;
    tests::Bench first(Level::rebuild, limits, nested);
    if (const auto type = first.run(flat_opc::rebuild, Type::flat_opc, as_view(framed))) {
        tests::Bench second(Level::rebuild, limits, nested);
        if (!second.run(ooxml::rebuild, *type, first.out.bytes())) __builtin_trap();
        if (!second.report.entries().empty()) __builtin_trap();
    }
    tests::Bench text(Level::text, limits, nested);
    (void)text.run(flat_opc::text, Type::flat_opc, as_view(framed));
    return 0;
}
