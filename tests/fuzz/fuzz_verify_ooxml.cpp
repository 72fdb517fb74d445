// Whole packages, which rarely get past the archive, and the markup of a part alone.
#include "sanitizer/verify/ooxml/content.h"
#include "sanitizer/verify/ooxml/judge.h"
#include "sanitizer/verify/ooxml/ooxml.h"

namespace {

sekisho::Result<> accept(sekisho::Type, const sekisho::Source&, const sekisho::Limits&) {
    return {};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace sekisho;
    if (size == 0) return 0;
    const View rest = View(data, size).subspan(1);
    Limits limits;
    limits.bytes_unpacked = 8 << 20;
    constexpr Type types[] = {Type::docx, Type::xlsx, Type::pptx};
    const Type type = types[data[0] % 3];
    (void)verify::ooxml(type, MemorySource(rest), limits, accept);
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
