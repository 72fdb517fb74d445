// A package as it came: rebuilt, read as characters and identified. The first byte below 4 makes the rest one part of a
// small package instead, so that the fuzzer need not find its way through deflate.
#include "sanitizer/formats/ooxml/ooxml.h"
#include "tests/support/corpus.h"

namespace {

using namespace sekisho;

Result<Type> nested(const Source& in, Sink& out, std::string_view, Context& context) {
    const View view = TRY(in.whole(1ULL << 26));
    if (starts_with(view, "\x89PNG")) {
        TRY(out.write(view));
        return Type::png;
    }
    if (!starts_with(view, "PK")) return refuse(Reason::type_unsupported);
    Job job{in, out, Type::docx, context};
    return ooxml::rebuild(job);
}

std::string relation(std::string_view type, std::string_view target) {
    return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
           "Id=\"rId1\" "
           "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" +
           std::string(type) + "\" Target=\"" + std::string(target) + "\"/></Relationships>";
}

Bytes package_around(std::uint8_t kind, View part) {
    constexpr std::string_view mains[] = {"word/document.xml", "xl/workbook.xml", "ppt/presentation.xml",
                                          "word/document.xml"};
    const std::string main(mains[kind]);
    MemorySink sink(1ULL << 27);
    ZipWriter zip(sink);
    (void)zip.add("_rels/.rels", as_view(relation("officeDocument", main)));
    if (kind == 3) {
        (void)zip.add(
            main, as_view("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"/>"));
        (void)zip.add("word/_rels/document.xml.rels", part);
    } else {
        (void)zip.add(main, part);
    }
    (void)zip.finish();
    return sink.take();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const View input(data, size);
    const bool part = size > 0 && data[0] < 4;
    const Bytes package = part ? package_around(data[0], input.subspan(1)) : Bytes(input.begin(), input.end());
    Limits limits;
    limits.bytes_unpacked = 64ULL << 20;
    tests::Bench first(Level::rebuild, limits, nested);
    if (const auto type = first.run(ooxml::rebuild, Type::docx, package)) {
        tests::Bench second(Level::rebuild, limits, nested);
        if (!second.run(ooxml::rebuild, *type, first.out.bytes())) __builtin_trap();
        if (!second.report.entries().empty()) __builtin_trap();
    }
    tests::Bench text(Level::text, limits, nested);
    (void)text.run(ooxml::text, Type::docx, package);
    Budget budget(limits);
    const MemorySource source(package);
    if (const auto zip = ZipReader::open(source, budget)) (void)ooxml::identify(source, *zip);
    return 0;
}
