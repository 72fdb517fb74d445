// The binary workbook of Excel, and Word and Excel 2003 XML.
#include "sanitizer/formats/zip_container/zip.h"
#include "tests/sanitizer/rows/l_samples.h"
#include "tests/sanitizer/rows/row.h"

namespace sekisho::rows {

namespace {

// [MS-XLSB] 2.1.4: type and size, seven bits a byte.
std::string binary_record(unsigned type, const std::string& content = {}) {
    std::string made;
    if (type > 127) made += static_cast<char>((type & 127) | 128);
    made += static_cast<char>(type > 127 ? type >> 7 : type);
    return made + static_cast<char>(content.size()) + content;
}

std::string number(std::uint32_t value) {
    ByteWriter writer;
    writer.u32le(value);
    return std::string(as_text(writer.bytes()));
}

std::string wide(std::string_view text) {
    std::string made = number(static_cast<std::uint32_t>(text.size()));
    for (const char c : text) made += {c, '\0'};
    return made;
}

std::string binary_book() {
    const std::string sheet = number(0) + number(1) + wide("rId1") + wide("Sheet1");
    return binary_record(131) + binary_record(143) + binary_record(156, sheet) + binary_record(144) +
           binary_record(132);
}

std::string binary_sheet() {
    const std::string row = number(0) + number(0) + std::string(9, '\0');
    const std::string cell = number(0) + number(0) + wide("words");
    return binary_record(129) + binary_record(145) + binary_record(0, row) + binary_record(6, cell) +
           binary_record(146) + binary_record(130);
}

Bytes binary_workbook(const std::string& part, const std::string& content) {
    const std::string relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    const std::string base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    const auto relation = [&](const std::string& type, const std::string& target) {
        return "<Relationships xmlns=\"" + relations + "\"><Relationship Id=\"rId1\" Type=\"" + base + type +
               "\" Target=\"" + target + "\"/></Relationships>";
    };
    MemorySink sink(1ULL << 20);
    ZipWriter zip(sink);
    const auto add = [&](const std::string& name, const std::string& text) {
        if (!zip.add(name, as_view(text), ZipWriter::Pack::fast)) bug("the sample could not be written");
    };
    add("[Content_Types].xml",
        R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>)");
    add("_rels/.rels", relation("officeDocument", "xl/workbook.bin"));
    add("xl/workbook.bin", binary_book());
    add("xl/_rels/workbook.bin.rels", relation("worksheet", "worksheets/sheet1.bin"));
    add("xl/worksheets/sheet1.bin", binary_sheet());
    add(part, content);
    if (!zip.finish()) bug("the sample could not be finished");
    return sink.take();
}

constexpr Words word_names{
    R"(<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" )"};

std::string word_2003(const std::string& attributes, const std::string& before, const std::string& body) {
    return std::string(word_names.text) + attributes + ">" + before + "<w:body>" + body +
           "<w:p><w:r><w:t>words</w:t></w:r></w:p></w:body></w:wordDocument>";
}

// "ZXZpbCBtYWNybw==" is "evil macro", "ZXZpbCBwcm9ncmFt" is "evil program".
Bytes word_macro() {
    return to_bytes(word_2003(
        "w:macrosPresent=\"yes\"",
        R"(<w:docSuppData><w:binData w:name="editdata.mso">ZXZpbCBtYWNybw==</w:binData></w:docSuppData>)", ""));
}

Bytes word_object() {
    return to_bytes(
        word_2003("w:embeddedObjPresent=\"yes\"",
                  R"(<w:docOleData><w:binData w:name="oledata.mso">ZXZpbCBwcm9ncmFt</w:binData></w:docOleData>)", ""));
}

Bytes word_dde() {
    return to_bytes(word_2003("w:macrosPresent=\"no\"", "",
                              R"(<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>)"
                              R"( DDEAUTO c:\\windows\\evil.exe "/c calc" </w:instrText></w:r>)"
                              R"(<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>result</w:t></w:r>)"
                              R"(<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>)"));
}

constexpr Words table_dde{
    R"(<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Sheet1"><Table><Row><Cell><Data ss:Type="String">words</Data></Cell></Row><Row><Cell ss:Formula="=cmd|'/c evil.exe'!A0"><Data ss:Type="String">result</Data></Cell></Row></Table></Worksheet></Workbook>)"};

} // namespace

Row O04() {
    return {.made = {{.name = "macro.xlsb",
                      .make = [] { return binary_workbook("xl/vbaProject.bin", "evil macro"); },
                      .found = {Finding::xlsb_macro},
                      .gone = {"evil macro", "vbaProject", "macroEnabled"},
                      .kept = {"words"}},
                     {.name = "macro-sheet.xlsb",
                      .make = [] { return binary_workbook("xl/macrosheets/sheet1.bin", "evil macro"); },
                      .found = {Finding::xlsb_macro},
                      .gone = {"evil macro", "macrosheets"},
                      .kept = {"words"}},
                     {.name = "link.xlsb",
                      .make = [] { return binary_workbook("xl/externalLinks/externalLink1.bin", "evil.example"); },
                      .found = {Finding::xlsb_external},
                      .gone = {"evil.example", "externalLink"},
                      .kept = {"words"}}},
            .never = {"vbaProject", "macrosheet", "externalLink", "ddeLink", "EXEC("}};
}

Row O34() {
    return {.made = {{.name = "macro.xml",
                      .make = word_macro,
                      .found = {Finding::office_xml_macro},
                      .gone = {"editdata", "ZXZpbCBtYWNybw=="},
                      .never = {"evil macro"},
                      .kept = {"words"}},
                     {.name = "object.xml",
                      .make = word_object,
                      .found = {Finding::office_xml_object},
                      .gone = {"oledata", "ZXZpbCBwcm9ncmFt"},
                      .never = {"evil program"},
                      .kept = {"words"}},
                     {.name = "field.xml",
                      .make = word_dde,
                      .found = {Finding::office_xml_external},
                      .gone = {"DDEAUTO", "evil.exe"},
                      .kept = {"words"}},
                     {.name = "dde.xml",
                      .make = written<table_dde>,
                      .found = {Finding::office_xml_external},
                      .gone = {"cmd|", "evil.exe"},
                      .kept = {"words"}}},
            .never = {"vbaProject", "oleObject", "DDEAUTO", "ddeLink"}};
}

} // namespace sekisho::rows
