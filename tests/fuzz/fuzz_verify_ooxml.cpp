// Whole packages, which rarely get past the archive, and the markup of a part alone.
#include "sanitizer/verify/ooxml/content.h"
#include "sanitizer/verify/ooxml/judge.h"
#include "sanitizer/verify/ooxml/ooxml.h"
#include "tests/fuzz/members.h"
#include "tests/fuzz/third_reading.h"

namespace {

using namespace sekisho;

void look(std::string_view name, std::string_view content) {
    fuzz::has_none(name, {"vbaProject", "vbaData", "activeX", "externalLinks", "customUI", ".bin"});
    if (name.ends_with(".rels"))
        fuzz::has_none(content,
                       {"Target=\"file:", "Target=\"\\\\", "/attachedTemplate\"", "/oleObject\"", "/externalLinkPath\"",
                        "/frame\"", "/aFChunk\"", "/subDocument\"", "Target=\"javascript:", "Target=\"ms-"});
    if (name.ends_with(".xml") || name.ends_with(".rels"))
        fuzz::has_none(content, {"<!DOCTYPE", "<!ENTITY", "<w:altChunk", "<w:control ", "<ddeLink", "<oleLink",
                                 "macroEnabled", "fmlaMacro"});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const View rest = View(data, size).subspan(1);
    Limits limits;
    limits.bytes_unpacked = 8 << 20;
    constexpr Type types[] = {Type::docx, Type::xlsx, Type::pptx};
    for (const Type kind : types)
        if (verify::ooxml(kind, MemorySource(View(data, size)), limits, fuzz::accept))
            fuzz::for_members(View(data, size), look);
    const Type type = types[data[0] % 3];
    (void)verify::formula_is_allowed(as_text(rest));
    (void)verify::field_is_allowed(as_text(rest), false);
    constexpr std::string_view names[] = {"word/document.xml", "xl/worksheets/sheet1.xml", "ppt/slides/slide1.xml"};
    const verify::PartRow* row = verify::part_row(verify::application_of(type), names[data[0] % 3]);
    const verify::Relations relations = {{"rId1", verify::PartKind::address}, {"rId2", verify::PartKind::picture}};
    verify::Content content(*row, relations);
    verify::XmlReader reader(content);
    if (reader.write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n") && reader.write(rest) &&
        reader.finish())
        (void)content.finish();
    return 0;
}
