// Office Open XML: programs and what starts them.
#include "tests/sanitizer/rows/o_samples.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

Bytes with_vba() {
    PackageSample sample = PackageSample::word(word_text, {{"v", microsoft + "vbaProject", "vbaProject.bin"}});
    sample.main_type("application/vnd.ms-word.document.macroEnabled.main+xml");
    sample.part("word/vbaProject.bin", "evil macro", "application/vnd.ms-office.vbaProject");
    return sample.bytes();
}

Bytes with_macro_sheet() {
    PackageSample sample =
        book_with(R"(<definedNames><definedName name="_xlnm.Auto_Open">Macro1!$A$1</definedName></definedNames>)",
                  {"rId2", microsoft + "xlMacrosheet", "macrosheets/sheet1.xml"});
    sample.part("xl/macrosheets/sheet1.xml",
                R"(<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"/>)",
                "application/vnd.ms-excel.macrosheet+xml");
    return sample.bytes();
}

Bytes with_dialog_sheet() {
    PackageSample sample = PackageSample::book(
        R"(<sheets><sheet name="Data" sheetId="1" r:id="rId1"/><sheet name="Dialog1" sheetId="2" r:id="rId2"/></sheets>)",
        {{"rId1", "worksheet", "worksheets/sheet1.xml"}, {"rId2", "dialogsheet", "dialogsheets/sheet1.xml"}});
    sample.part("xl/worksheets/sheet1.xml", "<worksheet" + sheet_names + "><sheetData/></worksheet>",
                sheet_type + "worksheet+xml");
    sample.part("xl/dialogsheets/sheet1.xml", "<dialogsheet" + sheet_names + "/>", sheet_type + "dialogsheet+xml");
    return sample.bytes();
}

Bytes with_form_field() {
    return PackageSample::
        word("<w:p>" +
             run(R"(<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="n"/><w:entryMacro w:val="evil"/><w:textInput/></w:ffData></w:fldChar>)") +
             says(" FORMTEXT ") + run(R"(<w:fldChar w:fldCharType="separate"/>)") +
             run(R"(<w:fldChar w:fldCharType="end"/>)") + "</w:p>" + word_text)
            .bytes();
}

Bytes with_shape_macro() {
    PackageSample sample =
        PackageSample::sheet(R"(<sheetData/><drawing r:id="d"/>)", {{"d", "drawing", "../drawings/drawing1.xml"}});
    sample.part(
        "xl/drawings/drawing1.xml",
        R"(<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col></xdr:from><xdr:sp macro="[0]!evil" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="s"/></xdr:nvSpPr></xdr:sp><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>)",
        "application/vnd.openxmlformats-officedocument.drawing+xml");
    return sample.bytes();
}

Bytes add_in(const std::string& type) {
    return PackageSample::sheet("<sheetData/>").main_type(type).bytes();
}

} // namespace

Row O01() {
    return {.made = {{.name = "macro.docm",
                      .make = with_vba,
                      .found = {Finding::ooxml_macro},
                      .gone = {"vbaProject", "evil macro", "macroEnabled"},
                      .kept = {"words"}},
                     {.name = "ribbon.docx",
                      .make =
                          [] {
                              return word_with_root(
                                  "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
                                  "customUI/customUI14.xml");
                          },
                      .found = {Finding::ooxml_macro},
                      .gone = {"customUI", "evil"},
                      .kept = {"words"}}},
            .never = {"vbaProject", "macroEnabled", "customUI"}};
}

Row O02() {
    return {.made = {{.name = "macro-sheet.xlsm",
                      .make = with_macro_sheet,
                      .found = {Finding::ooxml_xlm_macro},
                      .gone = {"macrosheet", "Auto_Open"},
                      .kept = {"words"}}},
            .never = {"macrosheet", "Auto_Open"}};
}

Row O03() {
    return {.made = {{.name = "dialog-sheet.xlsx",
                      .make = with_dialog_sheet,
                      .found = {Finding::ooxml_dialog_sheet},
                      .gone = {"dialogsheet", "Dialog1"}}},
            .never = {"dialogsheet"}};
}

Row O05() {
    return {.made = {{.name = "dde.docx",
                      .make = word_field<" DDEAUTO c:\\\\windows\\\\cmd.exe \"/k calc.exe\"">,
                      .found = {Finding::ooxml_dde_field},
                      .gone = {"DDEAUTO", "calc.exe", "fldChar"},
                      .kept = {"words"}},
                     {.name = "dde-in-pieces.docx",
                      .make =
                          [] {
                              return PackageSample::word(
                                         field_of(says(" D") + says("DE") + says("AUTO ") + says("calc.exe")))
                                  .bytes();
                          },
                      .found = {Finding::ooxml_dde_field},
                      .gone = {"calc.exe", "fldChar"},
                      .kept = {"words"}},
                     {.name = "field-on-no-list.docx",
                      .make = word_field<" MACROBUTTON evil.macro ">,
                      .found = {Finding::ooxml_field},
                      .gone = {"MACROBUTTON", "evil.macro"},
                      .kept = {"words"}}},
            .never = {"DDEAUTO", "instrText>DDE"}};
}

Row O17() {
    return {.made = {{.name = "control.docx",
                      .make =
                          [] {
                              return word_with(
                                  R"(<w:p><w:r><w:object><w:control r:id="x" w:name="evil"/></w:object></w:r></w:p>)",
                                  {"x", "control", "evil.xml"});
                          },
                      .found = {Finding::ooxml_activex},
                      .gone = {"<w:control", "evil"},
                      .kept = {"words"}}},
            .never = {"activeX"}};
}

Row O21() {
    return {.made = {{.name = "task-pane.docx",
                      .make =
                          [] {
                              return word_with_root(
                                  "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes",
                                  "word/webextensions/taskpanes.xml");
                          },
                      .found = {Finding::ooxml_web_extension},
                      .gone = {"webextension", "evil"},
                      .kept = {"words"}}},
            .never = {"taskpane", "webextensions/"}};
}

Row O24() {
    return {
        .made = {{.name = "action.pptx",
                  .make = [] { return slide_shape(R"(<a:hlinkClick r:id="" action="ppaction://macro?name=evil"/>)"); },
                  .found = {Finding::ooxml_action},
                  .gone = {"ppaction://macro", "evil"},
                  .kept = {"words"}}},
        .also_found = {Finding::ooxml_embedding, Finding::ooxml_ole_link, Finding::ooxml_hyperlink},
        .never = {"ppaction://macro", "ppaction://program", "ppaction://ole", "ppaction://hlinkfile"}};
}

Row O25() {
    return {.made = {{.name = "macro-of-field.docx",
                      .make = with_form_field,
                      .found = {Finding::ooxml_macro_name},
                      .gone = {"entryMacro", "evil"},
                      .kept = {"words"}},
                     {.name = "macro-of-shape.xlsx",
                      .make = with_shape_macro,
                      .found = {Finding::ooxml_macro_name},
                      .gone = {"!evil"}}},
            .also_found = {Finding::ooxml_macro}};
}

Row O41() {
    return {.made = {{.name = "template.dotm",
                      .make =
                          [] {
                              return PackageSample::word(word_text)
                                  .main_type("application/vnd.ms-word.template.macroEnabledTemplate.main+xml")
                                  .bytes();
                          },
                      .found = {Finding::ooxml_template},
                      .gone = {"macroEnabled"},
                      .kept = {"words"}},
                     {.name = "add-in.xlam",
                      .make = [] { return add_in("application/vnd.ms-excel.addin.macroEnabled.main+xml"); },
                      .refused = Reason::ooxml_addin}}};
}

} // namespace sekisho::rows
