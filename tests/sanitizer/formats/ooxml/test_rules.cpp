// Is each rule of a package told where nothing else in it would be?

#include "tests/sanitizer/formats/ooxml/support.h"

namespace sekisho::tests {

namespace {

const std::string office = "application/vnd.openxmlformats-officedocument.";
const std::string sheet_space = R"( xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")";

std::string codes(const std::vector<Entry>& entries) {
    std::string all;
    for (const Entry& entry : entries)
        all += (all.empty() ? "" : " ") + std::string(row_of(entry.finding).code) + "/" +
               std::string(name_of(entry.action));
    return all;
}

std::string told(const Sample& sample) {
    const Outcome outcome = rebuilt(sample);
    return outcome.type ? codes(outcome.entries) : outcome.type.error().code;
}

// A package of one part that the root leads to, if it is led to at all.
Bytes package(const std::string& types, const std::string& relation_target, const std::string& content) {
    MemorySink sink(1U << 20);
    ZipWriter zip(sink);
    const std::string relation =
        R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target=")" +
        relation_target + R"("/></Relationships>)";
    const bool written = zip.add("[Content_Types].xml", as_view(types), ZipWriter::Pack::fast) &&
                         zip.add("_rels/.rels", as_view(relation), ZipWriter::Pack::fast) &&
                         zip.add("word/document.xml", as_view(content), ZipWriter::Pack::fast) && zip.finish();
    EXPECT_TRUE(written);
    return sink.take();
}

const std::string good_types =
    R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType=")" +
    office + R"(wordprocessingml.document.main+xml"/></Types>)";
const std::string letter =
    R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>)";

std::string told(const Bytes& bytes) {
    const Outcome outcome = rebuilt(bytes);
    return outcome.type ? codes(outcome.entries) : outcome.type.error().code;
}

} // namespace

TEST(OoxmlRules, AnOrdinaryPackageHasNothingToTell) {
    EXPECT_EQ(told(Sample::word("<w:p/>")), "");
    EXPECT_EQ(told(Sample::sheet("<sheetData/>")), "");
    EXPECT_EQ(told(package(good_types, "word/document.xml", letter)), "");
}

TEST(OoxmlRules, AMemberThatNothingLeadsToGoes) {
    EXPECT_EQ(told(Sample::word("<w:p/>").part("word/hidden.bin", "evil")), "ooxml.unknown-part/removed");
}

TEST(OoxmlRules, ContentTypesThatAreWrongAreWrittenAnew) {
    EXPECT_EQ(told(package("<Types", "word/document.xml", letter)), "ooxml.content-type/rewritten");
    EXPECT_EQ(told(Sample::word("<w:p/>").main_type(office + "spreadsheetml.sheet.main+xml")),
              "ooxml.content-type/rewritten");
}

TEST(OoxmlRules, ContentTypesThatEndTooEarlyAreTold) {
    EXPECT_EQ(told(package(good_types.substr(0, good_types.find("</Types>")), "word/document.xml", letter)),
              "ooxml.content-type/rewritten");
}

TEST(OoxmlRules, BytesAroundAPackageAreTold) {
    Bytes bytes = Sample::word("<w:p/>").bytes();
    bytes.insert(bytes.begin(), 'x');
    EXPECT_EQ(told(bytes), "ooxml.package-quirk/rewritten");
}

TEST(OoxmlRules, WhatLeadsNowhereGoes) {
    EXPECT_EQ(told(Sample::word("<w:p/>", {{"s", "styles", "styles.xml"}})), "ooxml.dangling-relationship/removed");
    EXPECT_EQ(told(Sample::word(R"(<w:p><w:hyperlink r:id="none"/></w:p>)")), "ooxml.dangling-relationship/removed");
}

TEST(OoxmlRules, WhatIsOnNoListGoes) {
    EXPECT_EQ(told(Sample::word("<w:p><w:evil/></w:p>")), "ooxml.unknown-element/removed");
    EXPECT_EQ(told(Sample::word("<w:p>words</w:p>")), "ooxml.unknown-element/removed");
}

TEST(OoxmlRules, ALinkedObjectIsTold) {
    EXPECT_EQ(
        told(Sample::word(
            R"(<w:p><w:r><w:object><o:OLEObject Type="Link" ProgID="x" ShapeID="s" DrawAspect="Content" ObjectID="1"/></w:object></w:r></w:p>)")),
        "ooxml.ole-link/removed");
}

namespace {

Sample remarks(const std::string& author) {
    Sample sample = Sample::sheet("<sheetData/>", {{"c", "comments", "../comments1.xml"}});
    sample.part("xl/comments1.xml",
                "<comments" + sheet_space + "><authors><author>" + author +
                    "</author></authors><commentList/></comments>",
                office + "spreadsheetml.comments+xml");
    return sample;
}

std::string told_within(Result<Type> (*format)(Job&), Type type, const Sample& sample, const Limits& limits) {
    Bench bench(Level::rebuild, limits, nested_stand_in);
    const auto done = bench.run(format, type, sample.bytes());
    return done ? codes(bench.report.entries()) : done.error().code;
}

} // namespace

TEST(OoxmlRules, AuthorsOfRemarksAreNotNamed) {
    EXPECT_EQ(told(remarks("Author")), "");
    EXPECT_EQ(told(remarks("Taro")), "ooxml.metadata/rewritten");
}

TEST(OoxmlRules, NothingGrowsBeyondItsLimit) {
    Limits limits;
    limits.bytes_in_memory = 20'000;
    EXPECT_EQ(told_within(ooxml::rebuild, Type::xlsx, remarks(std::string(30'000, 'x')), limits), "limit.memory");
    std::string rows;
    for (int i = 0; i < 1'048'577; ++i) rows += "<row/>";
    EXPECT_EQ(told_within(ooxml::rebuild, Type::xlsx, Sample::sheet("<sheetData>" + rows + "</sheetData>"), {}),
              "limit.members");
}

TEST(OoxmlRules, OfWordsAloneNothingGrowsBeyondItsLimit) {
    const auto cell = [](std::size_t size) {
        return Sample::sheet("<sheetData><row><c t=\"inlineStr\"><is><t>" + std::string(size, 'x') +
                             "</t></is></c></row></sheetData>");
    };
    EXPECT_EQ(told_within(ooxml::text, Type::xlsx, cell(1U << 20), {}), "");
    EXPECT_EQ(told_within(ooxml::text, Type::xlsx, cell((1U << 20) + 1), {}), "limit.memory");
    Sample shared =
        Sample::book(R"(<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets>)",
                     {{"rId1", "worksheet", "worksheets/sheet1.xml"}, {"rId2", "sharedStrings", "sharedStrings.xml"}});
    shared.part("xl/worksheets/sheet1.xml", "<worksheet" + sheet_space + "><sheetData/></worksheet>",
                office + "spreadsheetml.worksheet+xml");
    shared.part("xl/sharedStrings.xml",
                "<sst" + sheet_space + "><si><t>" + std::string(30'000, 'x') + "</t></si></sst>",
                office + "spreadsheetml.sharedStrings+xml");
    EXPECT_EQ(told_within(ooxml::text, Type::xlsx, shared, {}), "");
    Limits limits;
    limits.bytes_in_memory = 20'000;
    EXPECT_EQ(told_within(ooxml::text, Type::xlsx, shared, limits), "limit.memory");
}

TEST(OoxmlRules, WordsOfAPackageWithoutADocumentAreRefused) {
    Bench bench(Level::text);
    const auto done = bench.run(ooxml::text, Type::docx, package(good_types, "word/other.xml", letter));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "input.damaged");
}

TEST(OoxmlRules, PackagesWithoutADocumentAreRefused) {
    EXPECT_EQ(told(package(good_types, "word/other.xml", letter)), "input.damaged");
    EXPECT_EQ(told(package(good_types, "word/document.xml", "<page/>")), "input.damaged");
    EXPECT_EQ(told(package(good_types, "word/document.xml", letter.substr(0, letter.find("</w:document>")))),
              "input.damaged");
    EXPECT_EQ(told(Sample::sheet("<sheetData/>").main_type("application/vnd.ms-excel.sheet.binary.macroEnabled.main")),
              "type.unsupported");
}

TEST(OoxmlRules, RelationshipsDoNotGrowBeyondMemory) {
    Sample sample = Sample::word("<w:p/>");
    sample.part("word/_rels/document.xml.rels", std::string((32U << 20) + 1, ' '));
    EXPECT_EQ(told(sample), "limit.memory");
}

TEST(OoxmlRules, ARelationshipWithoutAnIdentifierGoes) {
    const Sample sample = Sample::word("<w:p/>", {{"not a token", "hyperlink", "https://example.jp/", true}});
    EXPECT_EQ(told(sample), "ooxml.package-quirk/removed");
}

TEST(OoxmlRules, ADrawingThatIsNotWellFormedGoes) {
    Sample sample =
        Sample::sheet(R"(<sheetData/><legacyDrawing r:id="v"/>)", {{"v", "vmlDrawing", "../drawings/v.vml"}});
    sample.part("xl/drawings/v.vml", "<xml><br></xml>", office + "vmlDrawing");
    EXPECT_EQ(told(sample), "ooxml.unknown-part/removed");
}

TEST(OoxmlRules, APivotTableNeedsACacheOfTheWorkbook) {
    const std::string type = office + "spreadsheetml.";
    const auto with_cache = [&](const std::string& source) {
        Sample sample = Sample::book(
            R"(<sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets><pivotCaches><pivotCache cacheId="1" r:id="rId2"/></pivotCaches>)",
            {{"rId1", "worksheet", "worksheets/sheet1.xml"}, {"rId2", "pivotCacheDefinition", "pivotCache/a.xml"}});
        sample.part("xl/worksheets/sheet1.xml", "<worksheet" + sheet_space + "><sheetData/></worksheet>",
                    type + "worksheet+xml");
        sample.part("xl/pivotCache/a.xml",
                    "<pivotCacheDefinition" + sheet_space + ">" + source +
                        R"(<cacheFields count="0"/></pivotCacheDefinition>)",
                    type + "pivotCacheDefinition+xml");
        return sample;
    };
    EXPECT_EQ(
        told(with_cache(R"(<cacheSource type="worksheet"><worksheetSource ref="A1" sheet="Data"/></cacheSource>)")),
        "");
    EXPECT_EQ(told(with_cache(R"(<cacheSource type="external"/>)")), "ooxml.connection/removed");
    Sample alone = Sample::sheet("<sheetData/>", {{"p", "pivotTable", "../pivotTables/a.xml"}});
    alone.part("xl/pivotTables/a.xml", "<pivotTableDefinition" + sheet_space + R"( name="x" cacheId="1"/>)",
               type + "pivotTable+xml");
    EXPECT_EQ(told(alone), "ooxml.dangling-relationship/removed");
}

namespace {

// As the sanitiser of metafiles does.
Result<Type> draw_metafile(const Source&, Sink& out, std::string_view, Context&) {
    TRY(out.write(std::string_view("\x89PNG\r\n\x1a\npicture")));
    return Type::png;
}

} // namespace

TEST(OoxmlRules, AMetafileThatIsDrawnIsTold) {
    Sample sample = Sample::word(
        R"(<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="a"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="a"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="i"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>)",
        {{"i", "image", "media/a.emf"}});
    std::string emf(100, '\0'); // [MS-EMF] 2.3.4.2: EMR_HEADER
    emf[0] = '\1';
    emf.replace(40, 4, " EMF");
    sample.part("word/media/a.emf", emf, "image/x-emf");
    Bench bench(Level::rebuild, {}, draw_metafile);
    ASSERT_TRUE(bench.run(ooxml::rebuild, Type::docx, sample.bytes()));
    EXPECT_EQ(codes(bench.report.entries()), "ooxml.metafile/converted");
}

} // namespace sekisho::tests
