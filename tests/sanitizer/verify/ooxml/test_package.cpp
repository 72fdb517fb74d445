#include <gtest/gtest.h>

#include "sanitizer/verify/ooxml/ooxml.h"
#include "tests/sanitizer/verify/ooxml/sample.h"

namespace sekisho {
namespace {

using tests::Package;
using tests::relation;

const std::string png = R"(<Default Extension="png" ContentType="image/png"/>)";
const std::string blip = R"(<a:blip r:embed="rId1"/>)";
const std::string image = relation("rId1", "image", "/word/media/image1.png");
const std::string styles = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml";

Package pictured() {
    return Package::word(blip, image).types(png).member("word/media/image1.png", "good");
}

TEST(VerifyOoxmlPackage, AcceptsWhatIsDelivered) {
    EXPECT_EQ(Package::word("<w:body/>").verdict(), "");
    EXPECT_EQ(Package::sheet("<x:sheetData/>").verdict(), "");
    EXPECT_EQ(Package::slide("<p:cSld/>").verdict(), "");
    EXPECT_EQ(pictured().verdict(), "");
}

TEST(VerifyOoxmlPackage, TheTypeIsTheMainPart) {
    Package package = Package::word("");
    package.type = Type::xlsx;
    EXPECT_EQ(package.verdict(), "verify.ooxml.part");
    package.type = Type::pdf;
    EXPECT_EQ(package.verdict(), "verify.unavailable");
    EXPECT_EQ(
        Package::word("").spoil("_rels/.rels", relation("rId1", "officeDocument", "word/document.xml"), "").verdict(),
        "verify.ooxml.relation");
}

TEST(VerifyOoxmlPackage, PartsOnTheListOnly) {
    for (const char* name :
         {"word/vbaProject.bin", "customXml/item1.xml", "word/activeX/activeX1.xml", "docProps/core.xml",
          "word/embeddings/oleObject1.bin", "word/../evil.xml", "WORD/document.xml", "word/media/image1.emf",
          "word/header01.xml", "word/_rels/styles.xml.rels", "_xmlsignatures/origin.sigs", "customUI/customUI.xml",
          "word/printerSettings/printerSettings1.bin"})
        EXPECT_EQ(Package::word("").member(name, "").verdict(), "verify.ooxml.part") << name;
    EXPECT_EQ(Package::word("").member("word/document.xml", "").verdict(),
              "verify.zip.content"); // libzip sees it first
}

TEST(VerifyOoxmlPackage, EveryByteOfTheArchive) {
    const auto outcome = [](const std::string& bytes) {
        const MemorySource source(as_view(bytes));
        const auto done = verify::ooxml(Type::docx, source, {}, nullptr);
        return done ? "" : done.error().code;
    };
    const std::string good = Package::word("").bytes();
    EXPECT_EQ(outcome(good), "");
    EXPECT_NE(outcome("x" + good), "");
    EXPECT_NE(outcome(good + "x"), "");
    for (std::size_t size = 0; size < good.size(); size += 7) EXPECT_NE(outcome(good.substr(0, size)), "") << size;
}

TEST(VerifyOoxmlPackage, ContentTypesAreThoseOfTheParts) {
    const std::string types = "[Content_Types].xml";
    const char* code = "verify.ooxml.type";
    const std::string main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    for (const char* other : {"application/vnd.ms-word.document.macroEnabled.main+xml", "application/xml", "text/html",
                              "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"})
        EXPECT_EQ(Package::word("").spoil(types, main, other).verdict(), code);
    for (const char* more : {R"(<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>)",
                             R"(<Default Extension="html" ContentType="text/html"/>)",
                             R"(<Default Extension="png" ContentType="text/html"/>)",
                             R"(<Default Extension="xml" ContentType="application/xml"/>)",
                             R"(<Override PartName="/word/styles.xml" ContentType="application/xml"/>)",
                             R"(<Other Extension="a" ContentType="b"/>)", R"(<Default Extension="a"/>)", "text",
                             R"(<Default Extension="png" ContentType="image/png"><Default/></Default>)"})
        EXPECT_EQ(Package::word("").types(more).verdict(), code) << more;
    EXPECT_EQ(Package::word(blip, image).member("word/media/image1.png", "good").verdict(), code);
    EXPECT_EQ(Package::word("").member("word/styles.xml", "").verdict(), code);
}

TEST(VerifyOoxmlPackage, RelationshipsOnTheListOnly) {
    const std::string office = "http://schemas.microsoft.com/office/";
    const auto outcome = [](const std::string& list) {
        return pictured().spoil("word/_rels/document.xml.rels", image, image + list).verdict();
    };
    for (const std::string& type :
         {std::string("oleObject"), std::string("attachedTemplate"), std::string("aFChunk"), std::string("control"),
          std::string("slide"), std::string("subDocument"), std::string("frame"), std::string("customXml"),
          office + "2006/relationships/vbaProject", office + "2011/relationships/webextension",
          std::string("hyperlink"), std::string("http://purl.oclc.org/ooxml/officeDocument/relationships/image"),
          std::string("")})
        EXPECT_EQ(outcome(relation("rId2", type, "/word/media/image1.png")), "verify.ooxml.relation") << type;
    for (const char* type : {"image", "attachedTemplate", "oleObject", "frame", "video"})
        EXPECT_EQ(outcome(relation("rId2", type, "https://example.com/", true)), "verify.ooxml.relation") << type;
    EXPECT_EQ(outcome(image), "verify.ooxml.relation"); // the name twice
    EXPECT_EQ(outcome("<Relationship/>"), "verify.ooxml.relation");
    EXPECT_EQ(outcome(relation("a b", "image", "/word/media/image1.png")), "verify.ooxml.relation");
}

TEST(VerifyOoxmlPackage, TargetsAreParts) {
    for (const char* target : {"/word/media/image2.png", "media/image1.png", "../word/media/image1.png",
                               "/word/./media/image1.png", "/word/../word/media/image1.png", "/[Content_Types].xml",
                               "/_rels/.rels", "", "/", "file:///C:/a.png", "\\\\host\\a.png"})
        EXPECT_EQ(pictured().spoil("word/_rels/document.xml.rels", "/word/media/image1.png", target).verdict(),
                  "verify.ooxml.target")
            << target;
}

TEST(VerifyOoxmlPackage, AddressesAreHarmless) {
    const std::string link = R"(<w:hyperlink r:id="rId1"/>)";
    const auto outcome = [&](const std::string& address) {
        return Package::word(link, relation("rId1", "hyperlink", address, true)).verdict();
    };
    for (const char* address :
         {"https://example.com/?a=1&amp;b=2", "HTTP://example.com", "mailto:a@example.com", "tel:1", "#place"})
        EXPECT_EQ(outcome(address), "") << address;
    for (const char* address : {"file:///c:/a", "javascript:alert(1)", "\\\\host\\share", "ms-word:ofe|u|http://x",
                                "https:", "", "a.docx", " javascript:x", "https://a\\b", "data:text/html,x"})
        EXPECT_EQ(outcome(address), "verify.ooxml.address") << address;
}

TEST(VerifyOoxmlPackage, EveryPartIsReached) {
    EXPECT_EQ(Package::word("").types(png).member("word/media/image1.png", "good").verdict(), "verify.ooxml.orphan");
}

TEST(VerifyOoxmlPackage, PicturesAndDocumentsInsideAreVerified) {
    EXPECT_EQ(Package::word(blip, image).types(png).member("word/media/image1.png", "bad").verdict(),
              "verify.png.chunk");
    const std::string book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const auto outer = [&](const std::string& inner) {
        return Package::word(R"(<o:OLEObject Type="Embed" r:id="rId1"/>)",
                             relation("rId1", "package", "/word/embeddings/document1.xlsx"))
            .types(R"(<Default Extension="xlsx" ContentType=")" + book + "\"/>")
            .member("word/embeddings/document1.xlsx", inner);
    };
    EXPECT_EQ(outer(Package::sheet("").bytes()).verdict(), "");
    EXPECT_EQ(outer(Package::sheet("<x:f>RTD()</x:f>").bytes()).verdict(), "verify.ooxml.formula");
    EXPECT_EQ(outer("MZ").verdict(), "verify.zip.shape");
    Limits limits;
    limits.depth = 1;
    EXPECT_EQ(outer(Package::sheet("").bytes()).verdict(limits), "limit.depth");
}

TEST(VerifyOoxmlPackage, Limits) {
    Limits limits;
    limits.members = 2;
    EXPECT_EQ(Package::word("").verdict(limits), "limit.members");
    limits = {};
    limits.bytes_unpacked = 1000;
    EXPECT_EQ(Package::word("").verdict(limits), "limit.bytes");
    limits = {};
    limits.ratio = 100;
    EXPECT_EQ(Package::word(std::string(20U << 20, ' ')).verdict(limits), "limit.ratio");
    std::string deep;
    for (int i = 0; i < 5000; ++i) deep += "<w:p>";
    EXPECT_NE(Package::word(deep).verdict(), "");
}

} // namespace
} // namespace sekisho
