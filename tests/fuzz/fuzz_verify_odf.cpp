// Whole packages, which rarely get past the archive, and the markup of a part alone. What is accepted is searched for
// the vectors by plain words.
#include "base/error/error.h"
#include "sanitizer/verify/odf/content.h"
#include "sanitizer/verify/odf/judge.h"
#include "sanitizer/verify/odf/odf.h"
#include "tests/fuzz/members.h"
#include "tests/fuzz/third_reading.h"

namespace {

using namespace sekisho;

void look(std::string_view name, std::string_view content) {
    fuzz::has_none(name,
                   {"Basic/", "Scripts/", "Configurations2/", "META-INF/documentsignatures", "ObjectReplacements"});
    if (!name.ends_with(".xml")) return;
    fuzz::has_none(content,
                   {"<office:script", "<script:", "<!DOCTYPE", "<!ENTITY", "<text:dde-connection", "<draw:object-ole",
                    "<draw:plugin", "<draw:applet", "href=\"file:", "href=\"vnd.sun.star", "href=\"macro:"});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const View rest = View(data, size).subspan(1);
    Limits limits;
    limits.bytes_unpacked = 8 << 20;
    for (const Type type : {Type::odt, Type::ods, Type::odp, Type::odg, Type::odf})
        if (verify::odf(type, MemorySource(View(data, size)), limits, fuzz::accept))
            fuzz::for_members(View(data, size), look);
    (void)verify::odf_formula_is_allowed(as_text(rest));
    (void)verify::odf_condition_is_allowed(as_text(rest));
    constexpr verify::OdfPart parts[] = {verify::OdfPart::content, verify::OdfPart::styles, verify::OdfPart::settings,
                                         verify::OdfPart::meta, verify::OdfPart::formula};
    verify::OdfFound found;
    verify::OdfContent content(parts[data[0] % 5], found);
    verify::OdfXml reader(content);
    const bool accepted =
        reader.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") && reader.write(rest) && reader.finish();
    if (!accepted) return 0;
    look("part.xml", as_text(rest));
    return 0;
}
