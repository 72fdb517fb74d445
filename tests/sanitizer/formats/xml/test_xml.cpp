// XML of systems: the same tree afterwards, without what a reader would act on.
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include "sanitizer/formats/xml/xml.h"
#include "sanitizer/verify/xml/xml.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

std::unique_ptr<tests::Bench> last;

std::string rebuilt(std::string_view input) {
    last = std::make_unique<tests::Bench>();
    const auto type = last->run(xml::rebuild, Type::xml, as_view(input));
    if (!type) return type.error().code;
    const auto verified = verify::xml(MemorySource(last->out.bytes()), {});
    EXPECT_TRUE(verified) << verified.error().code << " " << input;
    return std::string(as_text(last->out.bytes()));
}

std::string verdict(std::string_view body) {
    const std::string output = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + std::string(body);
    const auto verified = verify::xml(MemorySource(as_view(output)), {});
    return verified ? "" : verified.error().code;
}

std::string document(std::string_view body) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + std::string(body) + "\n";
}

} // namespace

TEST(Xml, TheTreeStays) {
    EXPECT_EQ(rebuilt("<?xml version='1.0'?><a x='1' y=\"&lt;&#10;\">住民<b/><!-- c --><![CDATA[<&]]></a>"),
              document("<a x=\"1\" y=\"&lt;&#10;\">住民<b/><!-- c -->&lt;&amp;</a>"));
    EXPECT_EQ(rebuilt("<n:a xmlns:n='http://x.example.jp/' n:b='c'>\n  <n:d/>\n</n:a>"),
              document("<n:a xmlns:n=\"http://x.example.jp/\" n:b=\"c\">\n  <n:d/>\n</n:a>"));
    EXPECT_TRUE(last->report.entries().empty());
    EXPECT_EQ(rebuilt(document("<a/>")), document("<a/>"));
}

TEST(Xml, DeclaredCharsets) {
    EXPECT_EQ(rebuilt("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a>\x8f\x5a\x96\xaf\x87\x40</a>"),
              document("<a>住民①</a>"));
    EXPECT_EQ(rebuilt("<?xml version=\"1.0\" encoding=\"EUC-JP\"?><a>\xbd\xbb\xcc\xb1</a>"), document("<a>住民</a>"));
    EXPECT_EQ(rebuilt("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe9</a>"), document("<a>é</a>"));
    // It says UTF-8 and is not: read as what it is, and told.
    EXPECT_EQ(rebuilt("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\x8f\x5a\x96\xaf\x82\xcc</a>"),
              document("<a>住民の</a>"));
    EXPECT_TRUE(last->found(Finding::html_charset));
}

// Found by fuzzing: the text of what is no document was refused when it came in again.
TEST(Xml, TheTextIsThatOfTheDocument) {
    tests::Bench good(Level::text), bad(Level::text);
    ASSERT_TRUE(good.run(xml::text, Type::xml, as_view("<a b='c'>d</a>")));
    EXPECT_EQ(as_text(good.out.bytes()), document("<a b=\"c\">d</a>"));
    const auto type = bad.run(xml::text, Type::xml, as_view("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"));
    ASSERT_FALSE(type);
    EXPECT_EQ(type.error().code, "xml.dtd");
}

// H13
TEST(Xml, DeclarationsAndInstructions) {
    EXPECT_EQ(rebuilt("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"), "xml.dtd");
    EXPECT_EQ(rebuilt("<!DOCTYPE a SYSTEM 'http://evil/a.dtd'><a/>"), "xml.dtd");
    EXPECT_EQ(
        rebuilt("<?xml version='1.0'?><?xml-stylesheet href='http://evil/x.xsl' type='text/xsl'?><a><?php x?></a>"),
        document("<a/>"));
    EXPECT_TRUE(last->found(Finding::xml_instruction));
    EXPECT_EQ(rebuilt("<x:stylesheet version='1.0' xmlns:x='http://www.w3.org/1999/XSL/Transform'/>"), "xml.program");
    EXPECT_EQ(rebuilt("<a><b xmlns='http://www.w3.org/1999/XSL/Transform'/></a>"), "xml.program");
    EXPECT_EQ(rebuilt("<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"), "type.unsupported");
}

TEST(Xml, ElementsThatABrowserActsOn) {
    EXPECT_EQ(rebuilt("<a xmlns:h='http://www.w3.org/1999/xhtml'><h:script>alert(1)</h:script></a>"),
              document("<a xmlns:h=\"urn:inert:http://www.w3.org/1999/xhtml\"><h:script>alert(1)</h:script></a>"));
    EXPECT_TRUE(last->found(Finding::xml_active));
    const std::string again = rebuilt(std::string(as_text(last->out.bytes())));
    EXPECT_TRUE(last->report.entries().empty());
    for (const char* uri :
         {"http://www.w3.org/2000/svg", "http://www.w3.org/2001/XInclude", "http://www.w3.org/&#49;999/xhtml"})
        EXPECT_NE(rebuilt("<a xmlns='" + std::string(uri) + "'/>").find("urn:inert:"), std::string::npos) << uri;
}

// H13: the list of namespaces is one of what may stay.
TEST(Xml, OnlyListedVocabulariesKeepTheirNames) {
    const auto is_kept = [](const std::string& uri) {
        const bool inert = rebuilt("<a xmlns='" + uri + "' b='c'>text<d/></a>").find("urn:inert:") != std::string::npos;
        EXPECT_EQ(inert, last->found(Finding::xml_unknown)) << uri;
        EXPECT_NE(as_text(last->out.bytes()).find("b=\"c\">text<d/></a>"), std::string::npos);
        EXPECT_EQ(verdict("<a xmlns=\"" + uri + "\"/>\n"), inert ? "verify.xml.active" : "") << uri;
        const std::string once(as_text(last->out.bytes()));
        EXPECT_EQ(rebuilt(once), once);
        EXPECT_TRUE(last->report.entries().empty()) << uri;
        return !inert;
    };
    for (const char* uri :
         {"http://xml.kishou.go.jp/jmaxml1/", "http://fgd.gsi.go.jp/spec/2008/FGD_GMLSchema", "",
          "https://www.geospatial.jp/iur/uro/3.0", "http://www.opengis.net/gml/3.2",
          "http://www.w3.org/2001/XMLSchema-instance", "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"})
        EXPECT_TRUE(is_kept(uri)) << uri;
    for (const char* uri : {"urn:x", "x", "http://example.com/", "http://www.w3.org/2001/XMLSchemaOther",
                            "javascript:x", "http://www.opengis.net/kml/2.2", "http://schemas.microsoft.com/new",
                            "http://jp/", "http://evil.com/.jp", "http://a.jp@evil.com/", "http://a.jp\\evil.com",
                            "ftp://a.jp/", "http://www.w3.org/2999/next", "http://a.jpx/"})
        EXPECT_FALSE(is_kept(uri)) << uri;
}

TEST(Xml, HiddenControlCharacters) {
    EXPECT_EQ(rebuilt("<a x='&#x202e;1'>&#8238;b\u202e<!-- \u202e --></a>"), document("<a x=\"1\">b<!--  --></a>"));
    EXPECT_TRUE(last->found(Finding::text_bidi));
    EXPECT_EQ(rebuilt("<a>葛\U000E0100\uE000辻󠄂</a>"),
              document("<a>葛\U000E0100\uE000辻󠄂</a>")); // IVS and gaiji
}

TEST(Xml, WhatIsNoXmlIsRefused) {
    for (const char* bad : {"<a>", "<a></b>", "<a b=1/>", "<a/><b/>", "<a>&x;</a>", "<a>\x0c</a", "<a x='1' x='2'/>"})
        EXPECT_EQ(rebuilt(bad), "input.damaged") << bad;
    std::string deep;
    for (int i = 0; i < 600; ++i) deep += "<a>";
    EXPECT_EQ(rebuilt(deep), "limit.depth");
}

TEST(Xml, TheVerifierSeesItWithoutUs) {
    EXPECT_EQ(verdict("<a b=\"&amp;\">x</a>\n"), "");
    EXPECT_EQ(verdict("<!DOCTYPE a><a/>"), "verify.xml");
    EXPECT_EQ(verdict("<?x y?><a/>"), "verify.xml");
    EXPECT_EQ(verdict("<a><![CDATA[x]]></a>"), "verify.xml");
    EXPECT_EQ(verdict("<a>"), "verify.xml");
    EXPECT_EQ(verdict("<a xmlns=\"http://www.w3.org/1999/xhtml\"/>"), "verify.xml.active");
    EXPECT_EQ(verdict("<a xmlns:q=\"http://www.w3.org/&#49;999/xhtml\"/>"), "verify.xml.active");
    EXPECT_EQ(verdict("<a>&#x202e;</a>"), "verify.text.bidi");
    EXPECT_EQ(verdict("<a b=\"&#x202e;\"/>"), "verify.text.bidi");
}

namespace {

std::string text_of(View bytes) {
    xmlDocPtr doc = xmlReadMemory(as_chars(bytes.data()), static_cast<int>(bytes.size()), nullptr, nullptr,
                                  XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
    if (!doc) return "unreadable";
    xmlChar* content = xmlNodeGetContent(xmlDocGetRootElement(doc));
    std::string text(as_chars(content));
    xmlFree(content);
    xmlFreeDoc(doc);
    return text;
}

} // namespace

TEST(Xml, CorpusKeepsItsText) {
    for (const std::string& path : tests::corpus_files(".xml")) {
        const Bytes input = tests::read_whole(path);
        tests::Bench bench;
        const auto type = bench.run(xml::rebuild, Type::xml, input);
        printf("%-16s %s\n", type ? "xml" : type.error().code.c_str(), path.substr(path.rfind('/') + 1).c_str());
        if (!type) continue;
        EXPECT_TRUE(verify::xml(MemorySource(bench.out.bytes()), {})) << path;
        EXPECT_EQ(text_of(bench.out.bytes()), text_of(input)) << path;
    }
}

} // namespace sekisho
