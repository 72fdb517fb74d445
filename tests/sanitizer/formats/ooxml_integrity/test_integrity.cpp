// Every package that is delivered opens in Office without a repair, as far as the rules in here know; and the rules do
// see what is wrong.
#include <gtest/gtest.h>

#include <cstdlib>

#include "sanitizer/formats/formats.h"
#include "sanitizer/formats/zip_container/zip.h"
#include "tests/sanitizer/formats/ooxml_integrity/integrity.h"
#include "tests/support/corpus.h"

namespace sekisho::tests {

namespace {

using Members = std::map<std::string, std::string>;

std::string category(const std::string& problem) {
    return problem.substr(0, problem.find(':'));
}

std::set<std::string> categories(View package) {
    std::set<std::string> all;
    for (const std::string& problem : problems_of(package)) all.insert(category(problem));
    return all;
}

Bytes packed(const Members& members) {
    MemorySink sink(1 << 20);
    ZipWriter zip(sink);
    for (const auto& [name, content] : members) EXPECT_TRUE(zip.add(name, as_view(content)));
    EXPECT_TRUE(zip.finish());
    return sink.take();
}

Members book() {
    const std::string ns = R"( xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main")"
                           R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships")";
    const std::string rels = R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)";
    const std::string base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    const std::string type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    return {
        {"[Content_Types].xml",
         R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/b.xml" ContentType=")" +
             type + R"(sheet.main+xml"/><Override PartName="/s.xml" ContentType=")" + type +
             R"(worksheet+xml"/><Override PartName="/t.xml" ContentType=")" + type + R"(sharedStrings+xml"/></Types>)"},
        {"_rels/.rels",
         rels + R"(<Relationship Id="a" Type=")" + base + R"(officeDocument" Target="b.xml"/></Relationships>)"},
        {"_rels/b.xml.rels", rels + R"(<Relationship Id="s" Type=")" + base +
                                 R"(worksheet" Target="s.xml"/><Relationship Id="t" Type=")" + base +
                                 R"(sharedStrings" Target="/t.xml"/></Relationships>)"},
        {"b.xml", "<workbook" + ns + R"(><sheets><sheet name="A" sheetId="1" r:id="s"/></sheets></workbook>)"},
        {"s.xml",
         "<worksheet" + ns + R"(><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>)"},
        {"t.xml", "<sst" + ns + "><si><t>a</t></si></sst>"},
    };
}

// A document or show with nothing but its main part.
Members simple(const std::string& kind, const std::string& prefix, const std::string& content) {
    const bool word = prefix == "w";
    const std::string root = prefix + (word ? ":document" : ":presentation");
    Members members = book();
    members.erase("_rels/b.xml.rels");
    members.erase("s.xml");
    members.erase("t.xml");
    members["[Content_Types].xml"] =
        R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/b.xml" ContentType="application/vnd.openxmlformats-officedocument.)" +
        kind + (word ? ".document" : ".presentation") + R"(.main+xml"/></Types>)";
    members["b.xml"] = "<" + root + " xmlns:" + prefix + "=\"http://schemas.openxmlformats.org/" + kind +
                       R"(/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">)" +
                       (word ? "<w:body>" + content + "</w:body>" : content) + "</" + root + ">";
    return members;
}

Members changed(const std::string& part, const std::string& from, const std::string& to) {
    Members members = book();
    std::string& content = members.at(part);
    EXPECT_NE(content.find(from), content.npos);
    content.replace(content.find(from), from.size(), to);
    return members;
}

} // namespace

TEST(OoxmlIntegrity, TheRulesSeeWhatIsWrong) {
    EXPECT_EQ(problems_of(packed(book())), std::set<std::string>());
    const auto sees = [](const std::string& wanted, const Members& members) {
        EXPECT_TRUE(categories(packed(members)).contains(wanted)) << wanted;
    };
    sees("relationship that leads nowhere", changed("_rels/b.xml.rels", "\"s.xml\"", "\"x.xml\""));
    sees("part that nothing leads to", changed("_rels/b.xml.rels", "\"s.xml\"", "\"t.xml\""));
    sees("part of another kind", changed("_rels/b.xml.rels", "\"s.xml\"", "\"t.xml\""));
    sees("reference to no relationship", changed("b.xml", "r:id=\"s\"", "r:id=\"x\""));
    sees("no content type", changed("[Content_Types].xml", "/s.xml", "/x.xml"));
    sees("content type of a part that is not there", changed("[Content_Types].xml", "/s.xml", "/x.xml"));
    sees("two content types", changed("[Content_Types].xml", "/s.xml", "/b.xml"));
    sees("part is no XML", changed("s.xml", "</row>", ""));
    sees("cell with no such string", changed("s.xml", "<v>0<", "<v>1<"));
    sees("cell with no such format", changed("s.xml", "t=\"s\"", "t=\"s\" s=\"4\""));
    sees("sheet without a number", changed("b.xml", "sheetId=\"1\"", "sheetId=\"0\""));
    sees("no sheet that shows", changed("b.xml", "sheetId", "state=\"hidden\" sheetId"));
    sees("two sheets of one name", changed("b.xml", "</sheets>", R"(<sheet name="a" sheetId="2" r:id="s"/></sheets>)"));
    sees("two cells at one place", changed("s.xml", "</row>", R"(<c r="A1"/></row>)"));
}

TEST(OoxmlIntegrity, TheRulesForWordSeeWhatIsWrong) {
    const auto found = [](const std::string& body) {
        return categories(packed(simple("wordprocessingml", "w", body)));
    };
    EXPECT_EQ(found("<w:p/>"), std::set<std::string>());
    EXPECT_TRUE(found(R"(<w:p><w:r><w:commentReference w:id="1"/></w:r></w:p>)").contains("reference to no comment"));
    EXPECT_TRUE(found(R"(<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>)").contains("reference to no footnote"));
    EXPECT_TRUE(found("<w:tbl><w:tr><w:tc/></w:tr></w:tbl>").contains("cell without a last paragraph"));
    EXPECT_TRUE(found("<w:tbl><w:tr/></w:tbl>").contains("row without cells"));
    const std::string begin = R"(<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>)";
    const std::string end = R"(<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>)";
    EXPECT_EQ(found(begin + end), std::set<std::string>());
    EXPECT_TRUE(found(begin).contains("field without an end"));
    EXPECT_TRUE(found(end + begin).contains("field that ends before it begins"));
}

TEST(OoxmlIntegrity, TheRulesForShowsSeeWhatIsWrong) {
    const auto found = [](const std::string& list) {
        return categories(packed(simple("presentationml", "p", "<p:sldIdLst>" + list + "</p:sldIdLst>")));
    };
    EXPECT_EQ(found(""), std::set<std::string>());
    const auto small = found(R"(<p:sldId id="255" r:id="x"/>)");
    EXPECT_TRUE(small.contains("number of a slide out of range"));
    EXPECT_TRUE(small.contains("slide that is none"));
    EXPECT_TRUE(small.contains("reference to no relationship"));
    EXPECT_TRUE(
        found(R"(<p:sldId id="256" r:id="x"/><p:sldId id="256" r:id="x"/>)").contains("two slides of one number"));
}

TEST(OoxmlIntegrity, EveryPackageOfTheCorpus) {
    std::size_t delivered = 0, damaged_before = 0;
    for (const char* extension : {".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xltx", ".xltm", ".pptx",
                                  ".pptm", ".ppsx", ".ppsm", ".potx", ".potm", ".xml"}) {
        for (const std::string& path : corpus_files(extension)) {
            const Bytes bytes = read_whole(path);
            Bench bench(Level::rebuild, {}, sanitize_file);
            const MemorySource in(bytes);
            const auto type = sanitize_file(in, bench.out, "", bench.context);
            if (!type || (*type != Type::docx && *type != Type::xlsx && *type != Type::pptx)) continue;
            ++delivered;
            const auto problems = problems_of(bench.out.bytes());
            if (problems.empty()) continue;
            // What was wrong with the content before is not ours to invent an answer for.
            const auto before = categories(bytes);
            for (const std::string& problem : problems) {
                if (before.contains(category(problem)))
                    ++damaged_before;
                else
                    ADD_FAILURE() << path << "\n  " << problem;
            }
        }
    }
    RecordProperty("delivered", static_cast<int>(delivered));
    RecordProperty("damaged_before", static_cast<int>(damaged_before));
    EXPECT_GE(delivered, std::getenv("SEKISHO_CORPUS") ? 150U : 0U);
}

} // namespace sekisho::tests
