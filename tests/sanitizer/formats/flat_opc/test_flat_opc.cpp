#include "sanitizer/detect/detect.h"
#include "sanitizer/formats/flat_opc/flat_opc.h"
#include "sanitizer/formats/ooxml/placeholder.h"
#include "sanitizer/verify/ooxml/ooxml.h"
#include "tests/sanitizer/formats/ooxml/support.h"

namespace sekisho::tests {

namespace {

Result<> embedded(Type, const Source&, const Limits&) {
    return {}; // of other rooms
}

Sample document() {
    Sample sample =
        Sample::word(R"(<w:p><w:r><w:t xml:space="preserve">kept &lt;&amp; 漢字 </w:t></w:r></w:p>)"
                     R"(<w:p><w:fldSimple w:instr="DDEAUTO evil"><w:r><w:t>seen</w:t></w:r></w:fldSimple></w:p>)"
                     R"(<w:p><w:r><w:pict><v:shape><v:imagedata r:id="rId1"/></v:shape></w:pict></w:r></w:p>)",
                     {{"rId1", "image", "media/image1.png"},
                      {"rId2", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "v.bin"}});
    sample.part("word/media/image1.png", std::string(as_text(ooxml::placeholder_png)));
    sample.part("word/v.bin", std::string("\0evil macro", 11), "application/vnd.ms-office.vbaProject");
    return sample;
}

Type detected(std::string_view file) {
    Budget budget{Limits()};
    const MemorySource in(as_view(file));
    return detect(in, "", budget).value_or(Type::unknown);
}

struct Read {
    Bench bench;
    Result<Type> type = refuse(Reason::internal);

    explicit Read(std::string_view file, Level level = Level::rebuild) : bench(level, {}, nested_stand_in) {
        const Type kind = detected(file);
        const bool text = level == Level::text;
        if (kind == Type::flat_opc)
            type = bench.run(text ? flat_opc::text : flat_opc::rebuild, kind, as_view(file));
        else if (kind == Type::docx || kind == Type::xlsx || kind == Type::pptx)
            type = bench.run(ooxml::rebuild, kind, as_view(file));
        else
            type = refuse(Reason::type_unsupported);
    }
    std::string code() const { return type ? "delivered" : type.error().code; }
    Members members() const { return unpack(bench.out.bytes()); }
};

void expect_clean(const Read& read, Type type) {
    ASSERT_EQ(read.code(), "delivered");
    EXPECT_EQ(*read.type, type);
    expect_whole(read.members());
    const MemorySource out(read.bench.out.bytes());
    EXPECT_TRUE(verify::ooxml(type, out, Limits(), embedded));
    const Read again(as_text(read.bench.out.bytes()));
    EXPECT_TRUE(again.bench.report.entries().empty());
}

} // namespace

TEST(FlatOpc, BecomesAPackage) {
    const Read read(document().flat());
    expect_clean(read, Type::docx);
    EXPECT_TRUE(read.bench.found(Finding::ooxml_flat_opc));
    EXPECT_TRUE(read.bench.found(Finding::ooxml_dde_field));
    EXPECT_TRUE(read.bench.found(Finding::ooxml_macro));
    const Members members = read.members();
    const std::string& text = members.at("word/document.xml");
    EXPECT_NE(text.find("kept &lt;&amp; 漢字 <"), std::string::npos);
    EXPECT_NE(text.find("seen"), std::string::npos);
    for (const auto& [name, content] : members) EXPECT_EQ(content.find("evil"), std::string::npos) << name;
    EXPECT_TRUE(members.contains("word/media/image1.png"));
}

TEST(FlatOpc, IsTheSameAsThePackageItself) {
    for (const Sample& sample :
         {document(), Sample::sheet("<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>"),
          Sample::slide("<p:nvGrpSpPr/>")}) {
        const Bytes package = sample.bytes();
        const Read flattened(sample.flat()), packed(as_text(package));
        ASSERT_EQ(flattened.code(), "delivered");
        EXPECT_EQ(*flattened.type, *packed.type);
        EXPECT_EQ(flattened.bench.out.bytes(), packed.bench.out.bytes());
    }
}

TEST(FlatOpc, IsFoundByItsNamespaceNotItsPrefix) {
    EXPECT_EQ(detected(document().flat()), Type::flat_opc);
    EXPECT_EQ(detected(document().flat("x")), Type::flat_opc);
    expect_clean(Read(document().flat("x")), Type::docx);
    EXPECT_EQ(detected("<?xml version=\"1.0\"?><package xmlns=\"urn:other\"/>"), Type::xml);
    std::string unprefixed = document().flat();
    for (std::size_t at = 0; (at = unprefixed.find("<pkg:", at)) != unprefixed.npos;) unprefixed.erase(at + 1, 4);
    for (std::size_t at = 0; (at = unprefixed.find("</pkg:", at)) != unprefixed.npos;) unprefixed.erase(at + 2, 4);
    unprefixed.replace(unprefixed.find("xmlns:pkg"), 9,
                       "xmlns=\"http://schemas.microsoft.com/office/2006/xmlPackage\" xmlns:pkg");
    EXPECT_EQ(detected(unprefixed), Type::flat_opc);
    expect_clean(Read(unprefixed), Type::docx);
    // A name that is only spelled with character references is plain XML to the detector, and refused there.
    std::string spelled = document().flat();
    spelled.replace(spelled.find("2006/xmlPackage"), 4, "&#50;006");
    EXPECT_FALSE(Read(spelled).type);
}

// What the frame declares is in scope for the parts.
TEST(FlatOpc, DeclarationsOfTheFrameReachTheParts) {
    std::string file = Sample::word("<w:p><w:r><w:t>kept</w:t></w:r></w:p>").flat();
    const std::string declared = " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    file.erase(file.find(declared), declared.size());
    file.insert(file.find("<pkg:package") + 12, declared);
    const Read read(file);
    expect_clean(read, Type::docx);
    EXPECT_NE(read.members().at("word/document.xml").find("kept"), std::string::npos);
}

TEST(FlatOpc, GivesItsText) {
    const Read read(document().flat(), Level::text);
    ASSERT_EQ(read.code(), "delivered");
    EXPECT_NE(as_text(read.bench.out.bytes()).find("kept <& 漢字"), std::string_view::npos);
}

TEST(FlatOpc, EntitiesTwinsAndOddNamesDoNotPass) {
    std::string bomb = document().flat();
    bomb.insert(bomb.find("<pkg:package"), "<!DOCTYPE x [<!ENTITY a \"aaaa\">]>");
    EXPECT_FALSE(Read(bomb).type); // no Flat OPC to the detector, and refused as plain XML
    Bench bench(Level::rebuild, {}, nested_stand_in);
    EXPECT_EQ(bench.run(flat_opc::rebuild, Type::flat_opc, as_view(bomb)).error().code, "ooxml.dtd");
    const std::string part =
        R"(<pkg:part pkg:name="/word/document.xml" pkg:contentType="x"><pkg:xmlData><evil/></pkg:xmlData></pkg:part>)";
    for (const char* name : {"/word/document.xml", "/[Content_Types].xml", "../../etc/passwd", "", "/a/"}) {
        std::string twin = document().flat();
        std::string other = part;
        other.replace(other.find("/word/document.xml"), 18, name);
        twin.insert(twin.rfind("</pkg:package"), other);
        const Read read(twin);
        expect_clean(read, Type::docx);
        EXPECT_TRUE(read.bench.found(Finding::ooxml_package_quirk)) << name;
        EXPECT_NE(read.members().at("word/document.xml").find("kept"), std::string::npos) << name;
    }
}

TEST(FlatOpc, AddInsAreRefusedByName) {
    Sample sample = Sample::sheet("");
    sample.main_type("application/vnd.ms-excel.addin.macroEnabled.main+xml");
    EXPECT_EQ(Read(sample.flat()).code(), "ooxml.addin");
}

TEST(FlatOpc, DamageAndDepthAreRefused) {
    const std::string whole = document().flat();
    for (std::size_t size = whole.find("xmlPackage") + 12; size < whole.size(); size += 13)
        EXPECT_FALSE(Read(std::string_view(whole).substr(0, size)).type) << size;
    std::string broken = whole;
    broken.insert(broken.find("<pkg:binaryData>") + 16, "=!");
    EXPECT_EQ(Read(broken).code(), "input.damaged");
    std::string deep = whole;
    std::string open;
    for (int i = 0; i < 100'000; ++i) open += "<w:sdt>";
    deep.insert(deep.find("<w:p>"), open);
    EXPECT_EQ(Read(deep).code(), "limit.depth");
    deep = whole;
    open.clear();
    for (int i = 0; i < 100'000; ++i) open += "<a>";
    deep.insert(deep.find("<pkg:part"), open);
    EXPECT_EQ(Read(deep).code(), "limit.depth");
}

// The detector lets through only what begins as a package; this room does not count on it.
TEST(FlatOpc, OtherRootsAndEndlessDeclarationsAreRefused) {
    const auto refusal = [](const std::string& file) {
        Bench bench(Level::rebuild, {}, nested_stand_in);
        const auto type = bench.run(flat_opc::rebuild, Type::flat_opc, as_view(file));
        return type ? "delivered" : type.error().code;
    };
    std::string other = document().flat();
    other.replace(other.find("<pkg:package"), 12, "<pkg:bundle");
    other.replace(other.rfind("</pkg:package"), 13, "</pkg:bundle");
    EXPECT_EQ(refusal(other), "input.damaged");
    std::string declarations, declared = document().flat();
    for (int i = 0; i < 5000; ++i) declarations += " xmlns:p" + std::to_string(i) + "=\"urn:x\"";
    declared.insert(declared.find(" pkg:contentType=\"image/png\""), declarations);
    EXPECT_EQ(refusal(declared), "input.damaged");
}

TEST(FlatOpc, RealFiles) {
    struct Row {
        const char* name;
        Finding finding;
    };
    for (const Row& row : {Row{"embedded-simple-2007.xml", Finding::ooxml_embedding},
                           Row{"dde-in-word2007.xml", Finding::ooxml_dde_field}}) {
        const auto path = corpus_file(row.name);
        if (!path) continue;
        const Bytes file = read_whole(*path);
        EXPECT_EQ(detected(as_text(file)), Type::flat_opc) << row.name;
        const Read read(as_text(file));
        expect_clean(read, Type::docx);
        EXPECT_TRUE(read.bench.found(Finding::ooxml_flat_opc)) << row.name;
        EXPECT_TRUE(read.bench.found(row.finding)) << row.name;
        for (const auto& [name, content] : read.members()) {
            EXPECT_EQ(content.find("cmd.exe"), std::string::npos) << name;
            EXPECT_EQ(content.find("oleObject"), std::string::npos) << name;
        }
    }
}

} // namespace sekisho::tests
