#include "tests/sanitizer/formats/ooxml/support.h"

namespace sekisho::tests {

namespace {

Outcome slide(const std::string& tree, const std::vector<Link>& links = {}, const std::string& after = {}) {
    return rebuilt(Sample::slide(tree, links, after));
}

std::string shape(const std::string& click) {
    return R"(<p:sp><p:nvSpPr><p:cNvPr id="4" name="s">)" + click +
           R"(</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>words</a:t></a:r></a:p></p:txBody></p:sp>)";
}

} // namespace

TEST(OoxmlSlide, ActionsThatStartSomethingGo) {
    for (const std::string action :
         {"ppaction://macro?name=evil", "ppaction://program", "ppaction://ole?verb=0", "ppaction://hlinkfile",
          "ppaction://hlinkpres?slideindex=1", "PPACTION://MACRO?name=evil", "ppaction://hlinkshowjump?jump=evil"}) {
        const Outcome outcome = slide(shape(R"(<a:hlinkClick r:id="" action=")" + action + R"("/>)"));
        ASSERT_TRUE(outcome.type);
        EXPECT_TRUE(outcome.found(Finding::ooxml_action)) << action;
        EXPECT_TRUE(outcome.is_gone("hlinkClick")) << action;
        EXPECT_NE(outcome.member("ppt/slides/slide1.xml").find("<a:t>words</a:t>"), std::string::npos);
    }
    const Outcome jump = slide(shape(R"(<a:hlinkClick r:id="" action="ppaction://hlinkshowjump?jump=nextslide"/>)"));
    EXPECT_TRUE(jump.entries.empty());
    EXPECT_FALSE(jump.is_gone("jump=nextslide"));
    const Outcome self =
        slide(shape(R"(<a:hlinkClick r:id="s" action="ppaction://hlinksldjump"/>)"), {{"s", "slide", "slide1.xml"}});
    EXPECT_TRUE(self.entries.empty());
    EXPECT_FALSE(self.is_gone("hlinksldjump"));
}

// An office suite makes such a number by chance each time: what comes of one presentation would never be the same twice.
TEST(OoxmlSlide, FieldsAreNumberedAnew) {
    const auto with = [](const std::string& id) {
        const std::string field = R"(<a:fld id="{)" + id + R"(}" type="slidenum"><a:t>7</a:t></a:fld>)";
        return slide(R"(<p:sp><p:nvSpPr><p:cNvPr id="4" name="s"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/>)"
                     R"(<p:txBody><a:bodyPr/><a:p>)" +
                     field + field + "</a:p></p:txBody></p:sp>");
    };
    const Outcome one = with("34D19ACA-ACC2-419F-9947-ED06670DF76C");
    const Outcome other = with("2BE90A67-E755-46FF-95FF-3393C8565B76");
    ASSERT_TRUE(one.type);
    EXPECT_TRUE(one.is_gone("34D19ACA"));
    EXPECT_TRUE(one.entries.empty());
    const std::string written = one.member("ppt/slides/slide1.xml");
    EXPECT_NE(written.find(R"(<a:fld id="{00000002-0000-4000-8000-000000000000}" type="slidenum"><a:t>7</a:t>)"),
              std::string::npos);
    EXPECT_EQ(written, other.member("ppt/slides/slide1.xml"));
}

TEST(OoxmlSlide, ObjectsBecomeTheirPictures) {
    const std::string frame =
        R"(<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="9" name="Object"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/presentationml/2006/ole"><mc:AlternateContent><mc:Choice Requires="v"><p:oleObj spid="1" r:id="o" progId="Package"><p:embed/></p:oleObj></mc:Choice><mc:Fallback><p:oleObj r:id="o" progId="Package"><p:embed/><p:pic><p:nvPicPr><p:cNvPr id="0" name=""/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="i"/></p:blipFill><p:spPr/></p:pic></p:oleObj></mc:Fallback></mc:AlternateContent></a:graphicData></a:graphic></p:graphicFrame>)";
    Sample sample = Sample::slide(frame, {{"o", "oleObject", "../embeddings/o.bin"}, {"i", "image", "../media/i.png"}});
    sample.part("ppt/embeddings/o.bin", "evil object", "application/x").part("ppt/media/i.png", png());
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_embedding));
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_TRUE(outcome.is_gone("oleObj"));
    EXPECT_TRUE(outcome.is_gone("graphicFrame"));
    EXPECT_NE(outcome.member("ppt/slides/slide1.xml").find("<p:spTree><p:pic><p:nvPicPr><p:cNvPr id=\"9\""),
              std::string::npos);
    EXPECT_NE(outcome.member("ppt/slides/slide1.xml").find("<a:blip r:embed=\"i\"/>"), std::string::npos);
}

TEST(OoxmlSlide, SoundAndVideoGoThePosterStays) {
    const std::string movie =
        R"(<p:pic><p:nvPicPr><p:cNvPr id="4" name="m"><a:hlinkClick r:id="" action="ppaction://media"/></p:cNvPr><p:cNvPicPr/><p:nvPr><a:videoFile r:link="v"/><p:extLst><p:ext uri="{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}"><p14:media r:embed="m"/></p:ext></p:extLst></p:nvPr></p:nvPicPr><p:blipFill><a:blip r:embed="i"/></p:blipFill></p:pic>)";
    const std::string timing =
        R"(<p:timing><p:tnLst><p:par><p:cTn id="1"><p:childTnLst><p:video><p:cMediaNode><p:cTn id="2"/><p:tgtEl><p:spTgt spid="4"/></p:tgtEl></p:cMediaNode></p:video><p:cmd type="verb" cmd="evil"><p:cBhvr/></p:cmd></p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>)";
    Sample sample =
        Sample::slide(movie,
                      {{"v", "video", "file:///c:/evil.avi", true},
                       {"m", "http://schemas.microsoft.com/office/2007/relationships/media", "../media/m.mp4"},
                       {"i", "image", "../media/i.png"}},
                      timing);
    sample.part("ppt/media/m.mp4", "evil film").part("ppt/media/i.png", png());
    const Outcome outcome = rebuilt(sample);
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_media));
    EXPECT_TRUE(outcome.found(Finding::ooxml_action));
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_TRUE(outcome.is_gone("p14:media "));
    EXPECT_TRUE(outcome.is_gone("childTnLst"));
    EXPECT_TRUE(outcome.is_gone("extLst"));
    EXPECT_NE(outcome.member("ppt/slides/slide1.xml").find("r:embed=\"i\""), std::string::npos);
}

TEST(OoxmlSlide, ControlsTagsAndFontsGo) {
    const Outcome outcome = slide(
        R"(<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"/><p:cNvSpPr/><p:nvPr><p:custDataLst><p:tags r:id="t"/></p:custDataLst></p:nvPr></p:nvSpPr></p:sp>)",
        {{"t", "tags", "../tags/none.xml"}}, R"(<p:controls><p:control spid="1" r:id="c" name="evil"/></p:controls>)");
    ASSERT_TRUE(outcome.type);
    EXPECT_TRUE(outcome.found(Finding::ooxml_dangling));
    EXPECT_TRUE(outcome.is_gone("evil"));
    EXPECT_TRUE(outcome.is_gone("custDataLst"));
}

TEST(OoxmlSlide, TextIsCharactersOnly) {
    Bench bench;
    const auto type = bench.run(ooxml::text, Type::pptx, Sample::slide(shape("")).bytes());
    ASSERT_TRUE(type);
    EXPECT_EQ(*type, Type::text);
    EXPECT_EQ(as_text(bench.out.bytes()), "words\n\n");
}

} // namespace sekisho::tests
