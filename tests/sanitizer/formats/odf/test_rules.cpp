// Rules one by one: what is told of each thing that goes, and what ends the reading.
#include "tests/sanitizer/formats/odf/support.h"

namespace sekisho {
namespace {

using tests::Outcome;
using tests::rebuilt;
using tests::refusal;
using tests::root;
using tests::Sample;

std::string frame(const std::string& content) {
    return "<text:p><draw:frame>" + content + "</draw:frame></text:p>";
}

std::string setting(const std::string& name, const std::string& value) {
    return root("office:document-settings") +
           "><office:settings><config:config-item-set config:name=\"ooo:configuration-settings\">"
           "<config:config-item config:name=\"" +
           name + "\" config:type=\"string\">" + value +
           "</config:config-item></config:config-item-set></office:settings></office:document-settings>";
}

std::string meta(const std::string& markup) {
    return root("office:document-meta") + "><office:meta>" + markup + "</office:meta></office:document-meta>";
}

// The package with the flag of encryption at one member, in both of its headers.
Bytes encrypted(Bytes package, std::string_view name) {
    for (std::size_t at = as_text(package).find(name); at != std::string_view::npos;
         at = as_text(package).find(name, at + 1)) {
        if (at >= 30 && as_text(package).substr(at - 30, 4) == "PK\3\4") package[at - 30 + 6] |= 1;
        if (at >= 46 && as_text(package).substr(at - 46, 4) == "PK\1\2") package[at - 46 + 8] |= 1;
    }
    return package;
}

TEST(OdfRules, EachThingThatGoesIsTold) {
    const std::string png = tests::png();
    const std::string evil = "evil words";
    const struct {
        const char* what;
        Sample sample;
        Finding finding;
    } rows[] = {
        {"an object on another machine",
         Sample::text(frame("<draw:object xlink:href=\"http://evil words/\"/>")).member("Pictures/a.png", png),
         Finding::odf_embedding},
        {"a picture on another machine",
         Sample::text(frame("<draw:image xlink:href=\"http://evil words/\"/>")).member("Pictures/a.png", png),
         Finding::odf_external_image},
        {"a picture that is not there",
         Sample::text(frame("<draw:image xlink:href=\"Pictures/evil words.png\"/>")).member("Pictures/a.png", png),
         Finding::odf_dangling},
        {"a picture that is none",
         Sample::text(frame("<draw:image xlink:href=\"Pictures/a.png\"/>")).member("Pictures/a.png", evil),
         Finding::odf_picture_replaced},
        {"drawing commands of StarOffice",
         Sample::text(frame("<draw:image xlink:href=\"Pictures/a.svm\"/>")).member("Pictures/a.svm", "VCLMTF" + evil),
         Finding::odf_metafile},
        {"drawing commands of Windows",
         Sample::text(frame("<draw:image xlink:href=\"Pictures/a.wmf\"/>"))
             .member("Pictures/a.wmf", "\xD7\xCD\xC6\x9A" + evil),
         Finding::odf_metafile},
        {"an area of a picture that leads to a share",
         Sample::text(
             frame("<draw:image-map><draw:area-rectangle xlink:href=\"file://evil words/\"/></draw:image-map>")),
         Finding::odf_hyperlink},
        {"an area of a picture that runs a macro",
         Sample::text(frame(
             "<draw:image-map><draw:area-circle xlink:href=\"vnd.sun.star.script:evil words\"/></draw:image-map>")),
         Finding::odf_macro_address},
        {"an address where none belongs", Sample::text("<text:p xlink:href=\"http://evil words/\">x</text:p>"),
         Finding::odf_external_reference},
        {"the printer", Sample::text("").member("settings.xml", setting("PrinterName", evil)), Finding::odf_metadata},
        {"what the printer was told", Sample::text("").member("settings.xml", setting("PrinterSetup", evil)),
         Finding::odf_opaque},
        {"the database", Sample::text("").member("settings.xml", setting("CurrentDatabaseDataSource", evil)),
         Finding::odf_metadata},
        {"the author",
         Sample::text("").member("meta.xml", meta("<meta:initial-creator>evil words</meta:initial-creator>")),
         Finding::odf_metadata},
    };
    for (const auto& [what, sample, finding] : rows) {
        const Outcome done = rebuilt(sample);
        EXPECT_TRUE(done.found(finding)) << what;
        EXPECT_TRUE(done.is_gone(evil)) << what;
    }
}

// Whoever opens it draws the chart anew: the picture of it is not missed, but told.
TEST(OdfRules, ThePictureOfAChartThatStaysGoes) {
    const Outcome done =
        rebuilt(Sample::text(frame("<draw:object xlink:href=\"./Object 1\"/><draw:image "
                                   "xlink:href=\"./ObjectReplacements/Object 1\"/>"))
                    .member("Object 1/", "", "application/vnd.oasis.opendocument.chart")
                    .member("Object 1/content.xml", root("office:document-content") +
                                                        "><office:body><office:chart><chart:chart/></office:chart>"
                                                        "</office:body></office:document-content>")
                    .member("ObjectReplacements/Object 1", "VCLMTF"));
    EXPECT_TRUE(done.found(Finding::odf_metafile));
    EXPECT_FALSE(done.found(Finding::odf_embedding));
}

TEST(OdfRules, WhatIsNoDocumentOfThisKindIsRefused) {
    EXPECT_EQ(refusal(encrypted(Sample::text("").member("Extra/a.bin", "x").bytes(), "Extra/a.bin")), "input.encrypted")
        << "also if the member is not needed";
    Sample chart;
    chart.member("mimetype", "application/vnd.oasis.opendocument.chart")
        .member("content.xml", root("office:document-content") +
                                   "><office:body><office:chart/></office:body></office:document-content>");
    EXPECT_EQ(refusal(chart.bytes()), "type.unsupported");
    EXPECT_EQ(refusal(Sample::text("").member("styles.xml", root("office:document-content") + "/>").bytes()),
              "input.damaged")
        << "a part that is another one";
    EXPECT_EQ(refusal(Sample::text("").member("styles.xml", "<broken").bytes()), "input.damaged");
}

TEST(OdfRules, LimitsAreVerdicts) {
    const auto within = [](std::uint32_t depth) { // a text in a text in a text
        const std::string object = "<draw:frame><draw:object xlink:href=\"./Object 1\"/></draw:frame>";
        Sample sample = Sample::text("<text:p>" + object + "</text:p>");
        std::string folder;
        for (std::uint32_t i = 0; i < depth; ++i) {
            folder += "Object 1/";
            sample.member(folder, "", "application/vnd.oasis.opendocument.text")
                .member(folder + "content.xml", root("office:document-content") +
                                                    "><office:body><office:text><text:p>" +
                                                    (i + 1 < depth ? object : "") +
                                                    "</text:p></office:text></office:body></office:document-content>");
        }
        return sample.bytes();
    };
    EXPECT_EQ(refusal(within(Limits().depth)), "delivered");
    EXPECT_EQ(refusal(within(Limits().depth + 1)), "limit.depth");

    std::string fields;
    for (int i = 0; i < 600; ++i)
        fields += "<field:fieldmark-start field:type=\"vnd.oasis.opendocument.field.FORMTEXT\"/>";
    EXPECT_EQ(refusal(Sample::text("<text:p>" + fields + "</text:p>").bytes()), "limit.depth") << "fields in fields";

    Limits limits;
    limits.members = 20;
    const auto many = [](const std::string& before, const std::string& behind, int count) {
        std::string all;
        for (int i = 0; i < count; ++i) all += before + std::to_string(i) + behind;
        return all;
    };
    const auto names = [&](int count) {
        return Sample::sheet("<table:named-expressions>" +
                             many("<table:named-expression table:name=\"n",
                                  "\" table:expression=\"of:='file:///x.ods'#$S.A1\"/>", count) +
                             "</table:named-expressions>")
            .bytes();
    };
    EXPECT_EQ(refusal(names(20), limits), "delivered");
    EXPECT_EQ(refusal(names(21), limits), "limit.members");
    const auto pictures = [&](int count) {
        return Sample::text("<text:p>" +
                            many("<draw:frame><draw:image xlink:href=\"Pictures/", "\"/></draw:frame>", count) +
                            "</text:p>")
            .member("Pictures/a.png", tests::png())
            .bytes();
    };
    EXPECT_EQ(refusal(pictures(20), limits), "delivered");
    EXPECT_EQ(refusal(pictures(21), limits), "limit.members");

    limits = {};
    limits.bytes_in_memory = 4000;
    const auto author = [](std::size_t size) {
        return Sample::text("<text:p><office:annotation><dc:creator>" + std::string(size, 'x') +
                            "</dc:creator></office:annotation></text:p>")
            .bytes();
    };
    EXPECT_EQ(refusal(author(4000), limits), "delivered");
    EXPECT_EQ(refusal(author(4001), limits), "limit.memory");
    const auto picture = [](std::size_t size) {
        return Sample::flat("text", "<office:body><office:text>" +
                                        frame("<draw:image><office:binary-data>" + std::string(size, 'A') +
                                              "</office:binary-data></draw:image>") +
                                        "</office:text></office:body>");
    };
    EXPECT_EQ(refusal(as_view(picture(4000)), limits), "delivered");
    EXPECT_EQ(refusal(as_view(picture(4004)), limits), "limit.memory");
}

} // namespace
} // namespace sekisho
