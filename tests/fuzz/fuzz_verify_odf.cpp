// Whole packages, which rarely get past the archive, and the markup of a part alone. What is accepted is searched for
// the vectors by plain words.
#include "base/error/error.h"
#include "sanitizer/verify/odf/content.h"
#include "sanitizer/verify/odf/judge.h"
#include "sanitizer/verify/odf/odf.h"

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
    constexpr Type types[] = {Type::odt, Type::ods, Type::odp, Type::odg, Type::odf};
    (void)verify::odf(types[data[0] % 5], MemorySource(rest), limits, accept);
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
    const std::string_view markup = as_text(rest);
    for (const std::string_view vector : {"<office:script", "<!DOCTYPE", "<text:dde-connection", "<draw:object-ole"})
        if (markup.find(vector) != markup.npos) bug("accepted what must not pass");
    return 0;
}
