#include "tests/sanitizer/rows/o_samples.h"

namespace sekisho::rows {

Bytes word_with(const std::string& body, const tests::Link& link, const std::string& content) {
    PackageSample sample = PackageSample::word(word_text + body, {link});
    if (!link.external) sample.part("word/" + link.target, content, "application/x-evil");
    return sample.bytes();
}

Bytes word_with_root(const std::string& type, const std::string& name, const std::string& content) {
    PackageSample sample = PackageSample::word(word_text);
    sample.root_link({"r1", type, name}).part(name, content, "application/x-evil");
    return sample.bytes();
}

Bytes slide_shape(const std::string& click, const std::vector<tests::Link>& links) {
    return PackageSample::slide(R"(<p:sp><p:nvSpPr><p:cNvPr id="4" name="s">)" + click +
                                    "</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r>"
                                    "<a:t>words</a:t></a:r></a:p></p:txBody></p:sp>",
                                links)
        .bytes();
}

PackageSample book_with(const std::string& extra, const tests::Link& link) {
    PackageSample sample =
        PackageSample::book(R"(<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets>)" + extra,
                            {{"rId1", "worksheet", "worksheets/sheet1.xml"}, link});
    sample.part("xl/worksheets/sheet1.xml",
                "<worksheet" + sheet_names +
                    "><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>words</v></c></row></sheetData></worksheet>",
                sheet_type + "worksheet+xml");
    return sample;
}

} // namespace sekisho::rows
