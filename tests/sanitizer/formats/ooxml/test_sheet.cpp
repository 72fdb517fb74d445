#include "tests/sanitizer/formats/ooxml/support.h"

namespace sekisho::tests {

namespace {

const std::string sheet_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
const std::string sheet_ns =
    R"( xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";

std::string cell(const std::string& formula, const std::string& value) {
    return "<sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><f>" + formula + "</f><v>" + value +
           "</v></c></row></sheetData>";
}

Outcome sheet(const std::string& content, const std::vector<Link>& links = {}) {
    return rebuilt(Sample::sheet(content, links));
}

} // namespace

TEST(OoxmlSheet, KeepsCellsFormulasAndFormats) {
    const std::string content =
        R"(<sheetData><row r="1" spans="1:2"><c r="A1" s="1"><f>SUM(B1:B2)*_xlfn.XLOOKUP(1,Table1[[#All],[a]],'My Sheet'!$A$1)&amp;"[x]|"</f><v>3</v></c></row></sheetData>)"
        R"(<conditionalFormatting sqref="A1"><cfRule type="expression" dxfId="0" priority="1"><formula>A1&gt;2</formula></cfRule></conditionalFormatting>)"
        R"(<dataValidations count="1"><dataValidation type="list" sqref="B1"><formula1>"a,b"</formula1></dataValidation></dataValidations>)";
    const Outcome outcome = sheet(content);
    ASSERT_TRUE(outcome.type);
    EXPECT_EQ(*outcome.type, Type::xlsx);
    EXPECT_TRUE(outcome.entries.empty());
    const std::string& written = outcome.member("xl/worksheets/sheet1.xml");
    EXPECT_NE(
        written.find("<f>SUM(B1:B2)*_xlfn.XLOOKUP(1,Table1[[#All],[a]],'My Sheet'!$A$1)&amp;\"[x]|\"</f><v>3</v>"),
        std::string::npos);
    EXPECT_NE(written.find("<formula>A1&gt;2</formula>"), std::string::npos);
    EXPECT_NE(written.find("<formula1>\"a,b\"</formula1>"), std::string::npos);
}

TEST(OoxmlSheet, ActiveFormulasBecomeTheirValues) {
    const std::vector<std::pair<std::string, Finding>> rows = {
        {"WEBSERVICE(\"http://evil.test\")", Finding::ooxml_active_formula},
        {"_xlfn.WEBSERVICE(A2)", Finding::ooxml_active_formula},
        {"RTD(\"evil.test\",,\"x\")", Finding::ooxml_active_formula},
        {"CALL(\"evil.test\",\"x\",\"J\")", Finding::ooxml_active_formula},
        {"REGISTER.ID(\"evil.test\",\"x\")", Finding::ooxml_active_formula},
        {"IF(1,EXEC(\"evil.test\"),0)", Finding::ooxml_active_formula},
        {"_xlfn.IMAGE(\"http://evil.test\")", Finding::ooxml_active_formula},
        {"evil.test(1)", Finding::ooxml_active_formula},
        {"cmd|'/c evil.test'!A0", Finding::ooxml_dde_link},
        {"'cmd'|'/c evil.test'!A0", Finding::ooxml_active_formula},
        {"HYPERLINK(\"file://evil.test\",\"x\")", Finding::ooxml_active_formula},
        {"HYPERLINK(\"http://a\"&amp;\"evil.test\",\"x\")", Finding::ooxml_active_formula},
        {"HYPERLINK(A2,\"evil.test\")", Finding::ooxml_active_formula},
        {"[1]Sheet1!$A$1+LEN(\"evil.test\")", Finding::ooxml_external_link},
        {"'[1]evil.test'!A1", Finding::ooxml_external_link},
        {"'C:\\[evil.test]Sheet1'!A1", Finding::ooxml_external_link},
        {"SUM('\\\\evil.test\\a\\[b.xlsx]Sheet1'!A1)", Finding::ooxml_external_link},
    };
    for (const auto& [formula, finding] : rows) {
        const Outcome outcome = sheet(cell(formula, "cached"));
        ASSERT_TRUE(outcome.type);
        EXPECT_TRUE(outcome.found(finding)) << formula;
        EXPECT_TRUE(outcome.is_gone("evil.test")) << formula;
        EXPECT_NE(outcome.member("xl/worksheets/sheet1.xml").find("<c r=\"A1\" t=\"str\"><v>cached</v></c>"),
                  std::string::npos)
            << formula;
    }
    for (const std::string formula : {"HYPERLINK(\"https://www.example.jp/\",\"x\")", "HYPERLINK(\"#Data!A1\")",
                                      "IF(A1=\"cmd|x\",1,2)", "A1 (B1:C2)"}) {
        const Outcome outcome = sheet(cell(formula, "1"));
        EXPECT_TRUE(outcome.entries.empty()) << formula;
    }
}

TEST(OoxmlSheet, SharedFormulasGoTogether) {
    const Outcome outcome = sheet(
        R"(<sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">RTD("evil",,A1)</f><v>1</v></c></row><row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>)"
        R"(<row r="3"><c r="A3"><f t="shared" ref="A3:A4" si="1">B3+1</f><v>3</v></c></row><row r="4"><c r="A4"><f t="shared" si="1"/><v>4</v></c></row></sheetData>)");
    ASSERT_TRUE(outcome.type);
    const std::string& written = outcome.member("xl/worksheets/sheet1.xml");
    EXPECT_EQ(written.find("si=\"0\""), std::string::npos);
    EXPECT_NE(written.find("<f t=\"shared\" si=\"1\"/><v>4</v>"), std::string::npos);
}

TEST(OoxmlSheet, RulesWithActiveFormulasGoWhole) {
    const Outcome outcome = sheet(
        R"(<sheetData/><conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>WEBSERVICE("evil")</formula></cfRule></conditionalFormatting>)"
        R"(<dataValidations count="2"><dataValidation type="list" sqref="B1"><formula1>[1]evil!A1</formula1></dataValidation><dataValidation type="whole" sqref="B2"><formula1>1</formula1></dataValidation></dataValidations>)");
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.is_gone("evil"));
    const std::string& written = outcome.member("xl/worksheets/sheet1.xml");
    EXPECT_EQ(written.find("conditionalFormatting"), std::string::npos);
    EXPECT_NE(written.find("<dataValidations><dataValidation type=\"whole\""), std::string::npos);
}

TEST(OoxmlSheet, MacroAndDialogSheetsGoWithTheirNames) {
    Sample sample = Sample::book(
        R"(<bookViews><workbookView activeTab="2"/></bookViews><sheets><sheet name="Macro1" sheetId="1" state="veryHidden" r:id="rId1"/><sheet name="Dialog1" sheetId="3" r:id="rId3"/><sheet name="Data" sheetId="2" r:id="rId2"/></sheets>)"
        R"(<definedNames><definedName name="_xlnm.Auto_Open">Macro1!$A$1</definedName><definedName name="auto_open_evil" hidden="1">Data!$A$1</definedName><definedName name="Other">Macro1!$A$2</definedName><definedName name="Run" xlm="1">Data!$A$9</definedName>)"
        R"(<definedName name="_xlnm.Print_Area" localSheetId="2">Data!$A$1:$B$2</definedName><definedName name="_xlnm.Print_Area" localSheetId="0">Data!$A$1</definedName></definedNames>)",
        {{"rId1", "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet", "macrosheets/sheet1.xml"},
         {"rId2", "worksheet", "worksheets/sheet1.xml"},
         {"rId3", "dialogsheet", "dialogsheets/sheet1.xml"}});
    sample.part("xl/macrosheets/sheet1.xml",
                R"(<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"/>)",
                "application/vnd.ms-excel.macrosheet+xml");
    sample.part("xl/dialogsheets/sheet1.xml", "<dialogsheet" + sheet_ns + "/>", sheet_type + "dialogsheet+xml");
    sample.part("xl/worksheets/sheet1.xml",
                "<worksheet" + sheet_ns +
                    "><sheetData><row><c r=\"A1\"><f>Macro1!B2</f><v>7</v></c></row></sheetData></worksheet>",
                sheet_type + "worksheet+xml");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_xlm_macro));
    EXPECT_TRUE(outcome.found(Finding::ooxml_dialog_sheet));
    for (const std::string word : {"macro1", "auto_open", "macrosheet", "dialogsheet", "activeTab", "xlm=", "Dialog1"})
        EXPECT_TRUE(outcome.is_gone(word)) << word;
    const std::string& book = outcome.member("xl/workbook.xml");
    EXPECT_NE(book.find("<definedNames><definedName name=\"_xlnm.Print_Area\" "
                        "localSheetId=\"0\">Data!$A$1:$B$2</definedName></definedNames>"),
              std::string::npos);
    EXPECT_NE(outcome.member("xl/worksheets/sheet1.xml").find("<c r=\"A1\"><v>7</v></c>"), std::string::npos);
}

TEST(OoxmlSheet, AMacroSheetInDisguiseIsNotDelivered) {
    const std::string macro = R"(<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"/>)";
    Sample disguised = Sample::book(
        R"(<sheets><sheet name="A" sheetId="1" r:id="rId1"/><sheet name="B" sheetId="2" r:id="rId2"/></sheets>)",
        {{"rId1", "worksheet", "worksheets/sheet1.xml"}, {"rId2", "worksheet", "worksheets/sheet2.xml"}});
    disguised.part("xl/worksheets/sheet1.xml", "<worksheet" + sheet_ns + "/>", sheet_type + "worksheet+xml");
    disguised.part("xl/worksheets/sheet2.xml", macro, "application/vnd.ms-excel.macrosheet+xml");
    const Outcome outcome = rebuilt(disguised);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_xlm_macro));
    EXPECT_TRUE(outcome.is_gone("macrosheet"));
    // With a worksheet's content type only the root tells, and then nothing passes.
    Sample lying = Sample::book(R"(<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets>)",
                                {{"rId1", "worksheet", "worksheets/sheet1.xml"}});
    lying.part("xl/worksheets/sheet1.xml", macro, sheet_type + "worksheet+xml");
    EXPECT_FALSE(rebuilt(lying).type);
}

TEST(OoxmlSheet, ABookOfMacroSheetsOnlyIsRefused) {
    Sample sample = Sample::book(
        R"(<sheets><sheet name="Macro1" sheetId="1" r:id="rId1"/></sheets>)",
        {{"rId1", "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet", "macrosheets/sheet1.xml"}});
    sample.part("xl/macrosheets/sheet1.xml", "<x/>", "application/vnd.ms-excel.macrosheet+xml");
    const Outcome outcome = rebuilt(sample);
    ASSERT_FALSE(outcome.type);
    EXPECT_EQ(outcome.type.error().code, "ooxml.empty");
}

TEST(OoxmlSheet, LinksToOtherBooksAndProgramsGo) {
    const std::vector<std::pair<std::string, Finding>> rows = {
        {"<externalBook r:id=\"x\"><sheetNames><sheetName val=\"evil\"/></sheetNames></externalBook>",
         Finding::ooxml_external_link},
        {"<ddeLink ddeService=\"cmd\" ddeTopic=\"/c evil\"/>", Finding::ooxml_dde_link},
        {"<oleLink r:id=\"x\" progId=\"evil\"/>", Finding::ooxml_ole_link}};
    for (const auto& [content, finding] : rows) {
        Sample sample = Sample::book(
            R"(<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets><externalReferences><externalReference r:id="rId2"/></externalReferences>)",
            {{"rId1", "worksheet", "worksheets/sheet1.xml"},
             {"rId2", "externalLink", "externalLinks/externalLink1.xml"}});
        sample.part("xl/worksheets/sheet1.xml",
                    "<worksheet" + sheet_ns + ">" + cell("[1]evil!A1", "5") + "</worksheet>",
                    sheet_type + "worksheet+xml");
        sample.part("xl/externalLinks/externalLink1.xml",
                    "<externalLink" + sheet_ns + ">" + content + "</externalLink>", sheet_type + "externalLink+xml");
        sample.links("xl/externalLinks/externalLink1.xml",
                     {{"x", "externalLinkPath", "http://evil.test/b.xlsx", true}});
        const Outcome outcome = rebuilt(sample);
        ASSERT_TRUE(outcome.type);
        EXPECT_TRUE(outcome.found(finding)) << content;
        EXPECT_TRUE(outcome.is_gone("evil")) << content;
        EXPECT_TRUE(outcome.is_gone("externalReference")) << content;
        EXPECT_NE(outcome.member("xl/worksheets/sheet1.xml").find("<v>5</v>"), std::string::npos);
    }
}

TEST(OoxmlSheet, ConnectionsGoValuesStay) {
    Sample sample = Sample::book(
        R"(<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets><pivotCaches><pivotCache cacheId="1" r:id="rId3"/><pivotCache cacheId="2" r:id="rId4"/></pivotCaches>)",
        {{"rId1", "worksheet", "worksheets/sheet1.xml"},
         {"rId2", "connections", "connections.xml"},
         {"rId3", "pivotCacheDefinition", "pivotCache/a.xml"},
         {"rId4", "pivotCacheDefinition", "pivotCache/b.xml"}});
    sample.part("xl/connections.xml", "<connections" + sheet_ns + R"(><connection id="1" name="evil"/></connections>)",
                sheet_type + "connections+xml");
    sample.part(
        "xl/pivotCache/a.xml",
        "<pivotCacheDefinition" + sheet_ns +
            R"(><cacheSource type="external" connectionId="1"/><cacheFields count="0"/></pivotCacheDefinition>)",
        sheet_type + "pivotCacheDefinition+xml");
    sample.part(
        "xl/pivotCache/b.xml",
        "<pivotCacheDefinition" + sheet_ns +
            R"(><cacheSource type="worksheet"><worksheetSource ref="A1:B2" sheet="Data"/></cacheSource><cacheFields count="0"/></pivotCacheDefinition>)",
        sheet_type + "pivotCacheDefinition+xml");
    sample.part("xl/worksheets/sheet1.xml",
                "<worksheet" + sheet_ns +
                    "><sheetData><row><c r=\"A1\"><v>5</v></c></row></sheetData><tableParts count=\"1\"><tablePart "
                    "r:id=\"t\"/></tableParts></worksheet>",
                sheet_type + "worksheet+xml");
    sample.links("xl/worksheets/sheet1.xml", {{"p", "pivotTable", "../pivotTables/a.xml"},
                                              {"q", "pivotTable", "../pivotTables/b.xml"},
                                              {"t", "table", "../tables/table1.xml"}});
    for (const std::string name : {"a", "b"}) {
        sample.part("xl/pivotTables/" + name + ".xml",
                    "<pivotTableDefinition" + sheet_ns + " name=\"" + (name == "a" ? "evil" : "good") +
                        "\" cacheId=\"1\"/>",
                    sheet_type + "pivotTable+xml");
        sample.links("xl/pivotTables/" + name + ".xml",
                     {{"c", "pivotCacheDefinition", "../pivotCache/" + name + ".xml"}});
    }
    sample.part(
        "xl/tables/table1.xml",
        "<table" + sheet_ns +
            R"( id="1" displayName="T" ref="A1:A2" tableType="queryTable" connectionId="1"><tableColumns count="1"><tableColumn id="1" name="a" queryTableFieldId="1"/></tableColumns></table>)",
        sheet_type + "table+xml");
    sample.links("xl/tables/table1.xml", {{"q", "queryTable", "../queryTables/queryTable1.xml"}});
    sample.part("xl/queryTables/queryTable1.xml", "<queryTable" + sheet_ns + " name=\"evil\"/>",
                sheet_type + "queryTable+xml");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_connection));
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_TRUE(outcome.is_gone("connectionId"));
    EXPECT_TRUE(outcome.is_gone("queryTable"));
    EXPECT_NE(outcome.member("xl/pivotTables/pivotTable1.xml").find("good"), std::string::npos);
    EXPECT_FALSE(outcome.has("xl/pivotTables/pivotTable2.xml"));
    EXPECT_NE(outcome.member("xl/tables/table1.xml").find("displayName=\"T\""), std::string::npos);
    EXPECT_EQ(outcome.member("xl/workbook.xml").find("cacheId=\"1\""), std::string::npos);
}

TEST(OoxmlSheet, ControlsObjectsAndPrinterSettingsGo) {
    Sample sample = Sample::sheet(
        R"(<sheetData/><pageSetup orientation="landscape" r:id="p"/><legacyDrawing r:id="v"/><oleObjects><mc:AlternateContent><mc:Choice Requires="x14"><oleObject progId="Package" shapeId="1" r:id="o"/></mc:Choice><mc:Fallback><oleObject progId="Package" shapeId="1" r:id="o"/></mc:Fallback></mc:AlternateContent></oleObjects><controls><control shapeId="2" r:id="c" name="evil"/></controls>)",
        {{"p", "printerSettings", "../printerSettings/p.bin"},
         {"v", "vmlDrawing", "../drawings/v.vml"},
         {"o", "oleObject", "../embeddings/o.bin"},
         {"c", "control", "../activeX/a.xml"}});
    sample.part("xl/printerSettings/p.bin", "evil printer", "application/x");
    sample.part("xl/embeddings/o.bin", "evil object", "application/x");
    sample.part("xl/activeX/a.xml", "<evil/>", "application/x");
    sample.links("xl/activeX/a.xml",
                 {{"b", "http://schemas.microsoft.com/office/2006/relationships/activeXControlBinary", "a.bin"}});
    sample.part("xl/activeX/a.bin", "evil control", "application/x");
    sample.part(
        "xl/drawings/v.vml",
        R"v(<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="s" style="position:absolute;behavior:url(evil)" href="javascript:evil" o:button="t"><v:imagedata src="http://evil.test/x.png"/><v:textbox style="width:1"><div style="text-align:left">Note</div></v:textbox><x:ClientData ObjectType="Button"><x:FmlaMacro>evil</x:FmlaMacro><x:Anchor>1, 2</x:Anchor></x:ClientData></v:shape></xml>)v",
        "application/vnd.openxmlformats-officedocument.vmlDrawing");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    for (const Finding finding :
         {Finding::ooxml_printer_settings, Finding::ooxml_embedding, Finding::ooxml_activex, Finding::ooxml_macro_name,
          Finding::ooxml_external_image, Finding::ooxml_hyperlink, Finding::ooxml_external_relationship})
        EXPECT_TRUE(outcome.found(finding)) << row_of(finding).code;
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_TRUE(outcome.is_gone("oleObject"));
    EXPECT_TRUE(outcome.is_gone("<control"));
    EXPECT_NE(outcome.member("xl/worksheets/sheet1.xml")
                  .find("<pageSetup orientation=\"landscape\"/><legacyDrawing r:id=\"v\"/>"),
              std::string::npos);
    EXPECT_NE(outcome.member("xl/drawings/vmlDrawing1.vml").find("<div style=\"text-align:left\">Note</div>"),
              std::string::npos);
    EXPECT_NE(outcome.member("xl/drawings/vmlDrawing1.vml").find("<x:Anchor>1, 2</x:Anchor>"), std::string::npos);
}

TEST(OoxmlSheet, ShapesLoseMacrosChartsLoseOutsideReferences) {
    Sample sample = Sample::sheet(R"(<sheetData/><drawing r:id="d"/>)", {{"d", "drawing", "../drawings/drawing1.xml"}});
    sample.part(
        "xl/drawings/drawing1.xml",
        R"(<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">)"
        R"(<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col></xdr:from><xdr:sp macro="[0]!evil" textlink="[1]evil!A1"><xdr:nvSpPr><xdr:cNvPr id="2" name="s"><a:hlinkClick r:id="h"/></xdr:cNvPr></xdr:nvSpPr></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>)"
        R"(<xdr:twoCellAnchor><xdr:graphicFrame macro=""><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="c"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>)"
        R"(<xdr:twoCellAnchor><xdr:graphicFrame macro=""><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/webextensions/webextension/2010/11"><x:evil xmlns:x="urn:x"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>)",
        "application/vnd.openxmlformats-officedocument.drawing+xml");
    sample.links("xl/drawings/drawing1.xml",
                 {{"c", "chart", "../charts/chart1.xml"}, {"h", "hyperlink", "ms-word:ofe|u|http://evil.test", true}});
    sample.part(
        "xl/charts/chart1.xml",
        R"(<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:chart><c:plotArea><c:barChart><c:ser><c:tx><c:strRef><c:f>[1]evil!A1</c:f><c:strCache><c:pt idx="0"><c:v>Name</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:f>'[evil.xlsx]S'!A1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>k</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:f>Data!$B$1</c:f><c:numCache><c:pt idx="0"><c:v>5</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart><c:externalData r:id="x"><c:autoUpdate val="1"/></c:externalData></c:chartSpace>)",
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml");
    sample.links("xl/charts/chart1.xml", {{"x", "oleObject", "file:///c:/evil.xlsx", true}});
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    for (const Finding finding : {Finding::ooxml_macro_name, Finding::ooxml_external_link, Finding::ooxml_ole_link,
                                  Finding::ooxml_hyperlink, Finding::ooxml_unknown_element})
        EXPECT_TRUE(outcome.found(finding)) << row_of(finding).code;
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_TRUE(outcome.is_gone("externalData"));
    const std::string& chart = outcome.member("xl/charts/chart1.xml");
    EXPECT_NE(
        chart.find("<c:cat><c:strLit><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>k</c:v></c:pt></c:strLit></c:cat>"),
        std::string::npos);
    EXPECT_NE(chart.find("<c:f>Data!$B$1</c:f>"), std::string::npos);
    EXPECT_NE(chart.find("<c:v>Name</c:v>"), std::string::npos);
    const std::string& drawing = outcome.member("xl/drawings/drawing1.xml");
    EXPECT_EQ(drawing.find("webextension"), std::string::npos);
    std::size_t anchors = 0;
    for (std::size_t at = drawing.find("<xdr:twoCellAnchor"); at != std::string::npos;
         at = drawing.find("<xdr:twoCellAnchor", at + 1))
        ++anchors;
    EXPECT_EQ(anchors, 2U);
}

TEST(OoxmlSheet, EmbeddedDocumentsAreRebuiltToo) {
    Sample inner = Sample::sheet(cell("WEBSERVICE(\"http://evil.test\")", "1"));
    const Bytes inner_bytes = inner.bytes();
    Sample sample = Sample::sheet(R"(<sheetData/><drawing r:id="d"/>)", {{"d", "drawing", "../drawings/drawing1.xml"}});
    sample.part(
        "xl/drawings/drawing1.xml",
        R"(<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><xdr:twoCellAnchor><xdr:graphicFrame macro=""><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="c"/></a:graphicData></a:graphic></xdr:graphicFrame></xdr:twoCellAnchor></xdr:wsDr>)",
        "application/vnd.openxmlformats-officedocument.drawing+xml");
    sample.links("xl/drawings/drawing1.xml", {{"c", "chart", "../charts/chart1.xml"}});
    sample.part(
        "xl/charts/chart1.xml",
        R"(<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:externalData r:id="x"/></c:chartSpace>)",
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml");
    sample.links("xl/charts/chart1.xml", {{"x", "package", "../embeddings/e.xlsx"}});
    sample.part("xl/embeddings/e.xlsx", std::string(as_text(inner_bytes)),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_active_formula));
    const Members embedded = unpack(as_view(outcome.member("xl/embeddings/document1.xlsx")));
    EXPECT_EQ(embedded.at("xl/worksheets/sheet1.xml").find("evil"), std::string::npos);
    EXPECT_NE(outcome.member("xl/charts/chart1.xml").find("<c:externalData r:id=\"x\"/>"), std::string::npos);

    sample.part("xl/embeddings/unused.bin", "x");
    Sample broken = Sample::word(
        R"(<w:p><w:r><w:object><v:shape id="s"><v:imagedata r:id="i"/></v:shape><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" ShapeID="s" r:id="x"/></w:object></w:r></w:p>)",
        {{"x", "package", "embeddings/e.xlsx"}, {"i", "image", "media/i.png"}});
    broken.part("word/embeddings/e.xlsx", "PK evil, not a package", "application/x").part("word/media/i.png", png());
    const Outcome without = rebuilt(broken);
    ASSERT_TRUE(without.type);
    EXPECT_TRUE(without.found(Finding::ooxml_embedded_office));
    EXPECT_TRUE(without.is_gone("evil"));
    EXPECT_TRUE(without.is_gone("OLEObject"));
    EXPECT_NE(without.member("word/document.xml").find("<v:imagedata r:id=\"i\"/>"), std::string::npos);
}

TEST(OoxmlSheet, ThreadsOfCommentsStayTogetherWithoutNames) {
    const std::string id = "{0A1B2C3D-0000-1111-2222-333344445555}";
    const std::string threads = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments";
    Sample sample = Sample::book(
        R"(<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets>)",
        {{"rId1", "worksheet", "worksheets/sheet1.xml"},
         {"rId2", "http://schemas.microsoft.com/office/2017/10/relationships/person", "persons/person.xml"}});
    sample.part("xl/worksheets/sheet1.xml", "<worksheet" + sheet_ns + "/>", sheet_type + "worksheet+xml");
    sample.links("xl/worksheets/sheet1.xml",
                 {{"c", "comments", "../comments1.xml"},
                  {"t", "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
                   "../threadedComments/t.xml"}});
    sample.part(
        "xl/comments1.xml",
        "<comments" + sheet_ns +
            " xmlns:xr=\"http://schemas.microsoft.com/office/spreadsheetml/2014/revision\"><authors><author>tc=" + id +
            "</author></authors><commentList><comment ref=\"A1\" authorId=\"0\" xr:uid=\"" + id +
            "\"/></commentList></comments>",
        sheet_type + "comments+xml");
    sample.part("xl/threadedComments/t.xml",
                "<ThreadedComments xmlns=\"" + threads +
                    "\"><threadedComment ref=\"A1\" dT=\"2020-01-01T00:00:00\" personId=\"" + id + "\" id=\"" + id +
                    "\"><text>hello</text></threadedComment></ThreadedComments>",
                "application/vnd.ms-excel.threadedcomments+xml");
    sample.part("xl/persons/person.xml",
                "<personList xmlns=\"" + threads + "\"><person displayName=\"yamada\" id=\"" + id +
                    "\" userId=\"yamada@example.jp\" providerId=\"AD\"/></personList>",
                "application/vnd.ms-excel.person+xml");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_metadata));
    EXPECT_TRUE(outcome.is_gone("yamada"));
    EXPECT_NE(outcome.member("xl/comments1.xml").find("<author>tc=" + id), std::string::npos);
    EXPECT_NE(outcome.member("xl/comments1.xml").find("xr:uid=\"" + id), std::string::npos);
    EXPECT_NE(outcome.member("xl/threadedComments/threadedComment1.xml").find("hello"), std::string::npos);
}

TEST(OoxmlSheet, AnObjectIsNamedAfterWhatIsInIt) {
    const Bytes inner = Sample::sheet("<sheetData/>").bytes();
    Sample sample = Sample::word(
        R"(<w:p><w:r><w:object><o:OLEObject Type="Embed" ProgID="htmlfile" ShapeID="s" r:id="x"/></w:object></w:r></w:p>)",
        {{"x", "package", "embeddings/e.docx"}});
    sample.part("word/embeddings/e.docx", std::string(as_text(inner)), "application/x");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_NE(outcome.member("word/document.xml").find("ProgID=\"Excel.Sheet.12\""), std::string::npos);
    EXPECT_TRUE(outcome.is_gone("htmlfile"));
    EXPECT_TRUE(outcome.has("word/embeddings/document1.xlsx"));
}

TEST(OoxmlSheet, PeopleAndPathsGo) {
    Sample sample = Sample::book(
        R"(<fileVersion appName="xl"/><fileSharing userName="山田"/><mc:AlternateContent><mc:Choice Requires="x15" xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><x15ac:absPath url="C:\Users\yamada\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets>)",
        {{"rId1", "worksheet", "worksheets/sheet1.xml"}});
    sample.part("xl/worksheets/sheet1.xml", "<worksheet" + sheet_ns + "><sheetPr codeName=\"evilModule\"/></worksheet>",
                sheet_type + "worksheet+xml");
    sample.links("xl/worksheets/sheet1.xml", {{"c", "comments", "../comments1.xml"}});
    sample.part("xl/comments1.xml",
                "<comments" + sheet_ns +
                    "><authors><author>山田</author></authors><commentList><comment ref=\"A1\" "
                    "authorId=\"0\"><text><r><t>hello</t></r></text></comment></commentList></comments>",
                sheet_type + "comments+xml");
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_metadata));
    EXPECT_TRUE(outcome.is_gone("山田"));
    EXPECT_TRUE(outcome.is_gone("yamada"));
    EXPECT_TRUE(outcome.is_gone("evilModule"));
    EXPECT_TRUE(outcome.is_gone("AlternateContent>"));
    EXPECT_NE(outcome.member("xl/comments1.xml").find("<author>Author</author>"), std::string::npos);
    EXPECT_NE(outcome.member("xl/comments1.xml").find("hello"), std::string::npos);
}

TEST(OoxmlSheet, ISOStrictIsReadAsTheSame) {
    const std::string strict =
        R"( xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships" conformance="strict")";
    const std::string base = "http://purl.oclc.org/ooxml/officeDocument/relationships/";
    Sample sample = Sample::book("<sheets/>", {});
    sample = Sample::book(
        "", {{"rId1", base + "worksheet", "worksheets/sheet1.xml"}, {"rId2", base + "externalLink", "e.xml"}});
    sample.part("xl/e.xml", "<externalLink" + strict + "><ddeLink ddeService=\"evil\"/></externalLink>",
                sheet_type + "externalLink+xml");
    sample.part("xl/worksheets/sheet1.xml", "<worksheet" + strict + ">" + cell("CALL(\"evil\")", "1") + "</worksheet>",
                sheet_type + "worksheet+xml");
    EXPECT_FALSE(rebuilt(sample).type) << "a workbook without sheets";
    Sample whole =
        Sample::book(R"(<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets>)",
                     {{"rId1", base + "worksheet", "worksheets/sheet1.xml"}, {"rId2", base + "externalLink", "e.xml"}});
    whole.part("xl/e.xml", "<externalLink" + strict + "><ddeLink ddeService=\"evil\"/></externalLink>",
               sheet_type + "externalLink+xml");
    whole.part("xl/worksheets/sheet1.xml", "<worksheet" + strict + ">" + cell("CALL(\"evil\")", "1") + "</worksheet>",
               sheet_type + "worksheet+xml");
    const Outcome outcome = rebuilt(whole);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_dde_link));
    EXPECT_TRUE(outcome.found(Finding::ooxml_active_formula));
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_TRUE(outcome.is_gone("purl.oclc.org"));
    EXPECT_TRUE(outcome.is_gone("conformance"));
}

} // namespace sekisho::tests
