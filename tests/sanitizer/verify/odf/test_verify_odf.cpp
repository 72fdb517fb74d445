// What our writer would never write must be refused, whoever wrote it.
#include <gtest/gtest.h>

#include "sanitizer/formats/zip_container/zip.h"
#include "sanitizer/verify/odf/judge.h"
#include "sanitizer/verify/odf/odf.h"

namespace sekisho {
namespace {

constexpr const char* names =
    R"( xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" xmlns:presentation="urn:oasis:names:tc:opendocument:xmlns:presentation:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/")";

struct Member {
    std::string name;
    std::string content;
};

class Package {
public:
    std::string kind = "application/vnd.oasis.opendocument.text";
    std::string declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    std::string body;        // in office:text
    std::string before_body; // a child of the root
    std::vector<Member> more;
    std::string manifest_more;
    bool list_all = true;
    bool kind_first = true;

    std::string verdict() const {
        const Bytes bytes = written();
        const auto accept = [](Type, const Source&, const Limits&) -> Result<> { return {}; };
        const auto done = verify::odf(Type::odt, MemorySource(bytes), {}, accept);
        return done ? "good" : done.error().code;
    }

private:
    Bytes written() const {
        MemorySink sink(1U << 26);
        ZipWriter zip(sink);
        const auto add = [&](const std::string& name, const std::string& content, ZipWriter::Pack pack) {
            EXPECT_TRUE(zip.add(name, as_view(content), pack));
        };
        std::string entries;
        const auto list = [&](const std::string& name, const std::string& type) {
            entries +=
                "<manifest:file-entry manifest:full-path=\"" + name + "\" manifest:media-type=\"" + type + "\"/>";
        };
        if (kind_first) add("mimetype", kind, ZipWriter::Pack::store);
        list("/", kind);
        const std::string start = declaration + "<office:document-content" + names + " office:version=\"1.2\">";
        add("content.xml",
            start + before_body + "<office:body><office:text>" + body +
                "</office:text></office:body></office:document-content>",
            ZipWriter::Pack::fast);
        list("content.xml", "text/xml");
        for (const Member& one : more) {
            add(one.name, one.content, ZipWriter::Pack::fast);
            if (list_all) list(one.name, one.name.ends_with(".png") ? "image/png" : "text/xml");
        }
        add("META-INF/manifest.xml",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest:manifest "
            "xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">" +
                entries + manifest_more + "</manifest:manifest>",
            ZipWriter::Pack::fast);
        EXPECT_TRUE(zip.finish());
        return sink.take();
    }
};

std::string of_body(const std::string& body) {
    Package package;
    package.body = body;
    return package.verdict();
}

TEST(VerifyOdf, AcceptsAPlainDocument) {
    EXPECT_EQ(of_body("<text:p>a<text:a xlink:type=\"simple\" xlink:href=\"https://example.jp/\">b</text:a></text:p>"),
              "good");
    Package pictured;
    pictured.body = "<text:p><draw:frame><draw:image xlink:href=\"Pictures/picture1.png\"/></draw:frame></text:p>";
    pictured.more = {{"Pictures/picture1.png", "png"}};
    EXPECT_EQ(pictured.verdict(), "good");
}

TEST(VerifyOdf, RefusesElementsAttributesAndVocabulariesThatAreNotListed) {
    for (const char* element :
         {"office:scripts", "office:script", "script:event-listener", "text:dde-connection", "text:section-source",
          "table:table-source", "draw:object-ole", "draw:plugin", "draw:applet", "draw:floating-frame",
          "text:execute-macro", "office:binary-data", "form:connection-resource", "presentation:sound"})
        EXPECT_EQ(of_body("<" + std::string(element) + "/>"), "verify.odf.element") << element;
    EXPECT_EQ(of_body("<form:form form:command=\"x\"/>"), "verify.odf.attribute");
    EXPECT_EQ(of_body("<text:p script:language=\"x\"/>"), "verify.odf.attribute");
    EXPECT_EQ(of_body("<text:p onload=\"x\"/>"), "verify.odf.attribute");
    EXPECT_EQ(of_body("<evil:p xmlns:evil=\"urn:evil\"/>"), "verify.odf.words");
    Package scripts;
    scripts.before_body = "<office:scripts/>";
    EXPECT_EQ(scripts.verdict(), "verify.odf.element");
}

TEST(VerifyOdf, RefusesAddressesThatLeadOut) {
    const auto link = [](const std::string& address) {
        return of_body("<text:p><text:a xlink:href=\"" + address + "\">x</text:a></text:p>");
    };
    EXPECT_EQ(link("#place"), "good");
    for (const char* address :
         {"file:///etc/passwd", "vnd.sun.star.script:x", "macro:x", "smb://x/y", "a.odt", "javascript:x"})
        EXPECT_EQ(link(address), "verify.odf.address") << address;
    EXPECT_EQ(of_body("<form:form xlink:href=\"http://x/\"/>"), "verify.odf.address");
    EXPECT_EQ(of_body("<draw:image xlink:href=\"http://x/a.png\"/>"), "verify.odf.reference");
    EXPECT_EQ(of_body("<draw:image xlink:href=\"Pictures/picture9.png\"/>"), "verify.odf.reference");
    EXPECT_EQ(of_body("<draw:object xlink:href=\"./Object 1\"/>"), "verify.odf.reference");
}

TEST(VerifyOdf, RefusesValuesThatAct) {
    EXPECT_EQ(of_body("<table:table-cell table:formula=\"of:=SUM([.A1])\"/>"), "good");
    EXPECT_EQ(of_body("<table:table-cell table:formula=\"of:=WEBSERVICE(&quot;x&quot;)\"/>"), "verify.odf.formula");
    EXPECT_EQ(of_body("<table:table-cell table:number-columns-repeated=\"999999\"/>"), "verify.odf.value");
    EXPECT_EQ(of_body("<table:table table:name=\"'file:///a.ods'#S\"/>"), "verify.odf.value");
    EXPECT_EQ(of_body("<table:table table:name=\"4'#S\"/>"), "good");
    EXPECT_EQ(of_body("<dc:creator>Taro</dc:creator>"), "verify.odf.value");
    EXPECT_EQ(of_body("<form:text form:control-implementation=\"ooo:com.sun.star.evil\"/>"), "verify.odf.value");
    EXPECT_EQ(of_body("<presentation:event-listener presentation:action=\"execute\"/>"), "verify.odf.value");
    EXPECT_EQ(of_body("<text:p><text:span script:event-name=\"dom:click\"/></text:p>"), "verify.odf.value");
    EXPECT_EQ(
        of_body("<config:config-item config:name=\"LinkUpdateMode\" config:type=\"short\">1</config:config-item>"),
        "verify.odf.value");
}

TEST(VerifyOdf, RefusesMarkupThatIsNotPlain) {
    EXPECT_EQ(of_body("<text:p><!-- x --></text:p>"), "verify.odf.xml");
    EXPECT_EQ(of_body("<text:p><?x y?></text:p>"), "verify.odf.xml");
    EXPECT_EQ(of_body("<text:p><![CDATA[x]]></text:p>"), "verify.odf.xml");
    EXPECT_EQ(of_body("<text:p>"), "verify.odf.xml");
    Package typed;
    typed.declaration += "<!DOCTYPE x>";
    EXPECT_EQ(typed.verdict(), "verify.odf.xml");
}

TEST(VerifyOdf, RefusesMembersThatAreNotListedOrReached) {
    for (const char* name : {"Basic/a.xml", "Configurations2/a.xml", "Thumbnails/thumbnail.png", "Object 1", "a.exe",
                             "META-INF/documentsignatures.xml", "Pictures/../a.png"}) {
        Package package;
        package.more = {{name, "x"}};
        EXPECT_EQ(package.verdict(), "verify.odf.member") << name;
    }
    Package orphan;
    orphan.more = {{"Pictures/picture1.png", "x"}};
    EXPECT_EQ(orphan.verdict(), "verify.odf.orphan");
    Package unlisted = orphan;
    unlisted.list_all = false;
    EXPECT_EQ(unlisted.verdict(), "verify.odf.manifest");
    Package other;
    other.kind = "application/vnd.oasis.opendocument.spreadsheet";
    EXPECT_EQ(other.verdict(), "verify.odf.manifest");
    Package late;
    late.kind_first = false;
    EXPECT_EQ(late.verdict(), "verify.odf.member");
    Package folder;
    folder.manifest_more = "<manifest:file-entry manifest:full-path=\"Object 1/\" "
                           "manifest:media-type=\"application/vnd.oasis.opendocument.chart\"/>";
    EXPECT_EQ(folder.verdict(), "verify.odf.orphan");
}

TEST(VerifyOdf, JudgesFormulasByItself) {
    for (const char* good : {"of:=SUM([.A1:.B3])", "of:={1;2|3;4}", "oooc:=IF([.A1]>1;\"a|b\";2)"})
        EXPECT_TRUE(verify::odf_formula_is_allowed(good)) << good;
    for (const char* bad : {"of:=WEBSERVICE(\"x\")", "of:=DDE(\"a\";\"b\")", "of:=['file:///a.ods'#$S.A1]", "evil:=1",
                            "of:=cmd|x", "of:=HYPERLINK(\"file:///x\")"})
        EXPECT_FALSE(verify::odf_formula_is_allowed(bad)) << bad;
}

} // namespace
} // namespace sekisho
