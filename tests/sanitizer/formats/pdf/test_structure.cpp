// Tags for people who cannot see the page: kept by a narrow list, or gone as a whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sanitizer/verify/pdf/pdf.h"
#include "tests/sanitizer/formats/pdf/sample.h"

namespace sekisho::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

// A heading, a picture with a text for it, and a header cell.
Sample tagged() {
    Sample sample;
    sample.content = "/H1 <</MCID 0/Evil(x)>> BDC BT /F1 24 Tf 20 50 Td (Hello) Tj ET EMC "
                     "/Figure /Marked BDC 0 0 9 9 re f EMC";
    sample.resources = "/Properties<</Marked<</MCID 1>>>>";
    sample.page = "/StructParents 0";
    sample.catalog = "/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R";
    sample.add("<</Type/StructTreeRoot/K 7 0 R/RoleMap<</Chapter/H1>>/ClassMap<</C<<>>>>/ParentTree<<>>>>");
    sample.add("<</Type/StructElem/S/Document/P 6 0 R/K[8 0 R 9 0 R 10 0 R 7 0 R]>>");
    sample.add("<</Type/StructElem/S/Chapter/P 7 0 R/Pg 3 0 R/K 0/T(title)/AF[<</F(x)>>]>>");
    sample.add("<</Type/StructElem/S/Figure/P 7 0 R/Alt(a square)/K[<</Type/MCR/Pg 3 0 R/MCID 1>>"
               "<</Type/OBJR/Obj 5 0 R>>]>>");
    sample.add("<</Type/StructElem/S/TH/P 7 0 R/A[<</O/Table/Scope/Column/ColSpan 2/Summary(x)>>]>>");
    return sample;
}

TEST(PdfStructure, StaysForPeopleWhoCannotSeeThePage) {
    const Rebuilt rebuilt = rebuild(tagged().bytes());
    ASSERT_TRUE(rebuilt.result);
    EXPECT_FALSE(rebuilt.found(Finding::pdf_structure));
    const auto good = verify::pdf(MemorySource(rebuilt.bytes), {});
    EXPECT_TRUE(good) << to_line(good.error());
    const std::string all = unpacked(rebuilt.bytes);
    for (const char* kept : {"/S /Chapter", "/Chapter /H1", "(a square)", "/Scope /Column", "/ColSpan 2",
                             "/Marked true", "/StructParents 0", "/H1 <</MCID 0>> BDC", "/Figure <</MCID 1>> BDC"})
        EXPECT_THAT(all, HasSubstr(kept));
    for (const char* gone : {"Evil", "ClassMap", "OBJR", "/AF", "Summary"}) EXPECT_THAT(all, Not(HasSubstr(gone)));

    const Rebuilt again = rebuild(rebuilt.bytes);
    ASSERT_TRUE(again.result);
    EXPECT_FALSE(again.found_anything());
    EXPECT_EQ(rebuild(again.bytes).bytes, again.bytes);
}

TEST(PdfStructure, ThatIsTooLargeOrTooDeepGoesAsAWhole) {
    Sample large = tagged();
    std::string kids;
    for (unsigned i = 0; i < 20'001; ++i) kids += "<</S/P>>";
    large.catalog = "/StructTreeRoot<</K[" + kids + "]>>";
    Sample deep = tagged();
    deep.catalog = "/StructTreeRoot<</K";
    for (unsigned i = 0; i < 60; ++i) deep.catalog += "<</S/P/K ";
    deep.catalog += "0";
    for (unsigned i = 0; i < 61; ++i) deep.catalog += ">>";
    for (const Sample& sample : {large, deep}) {
        const Rebuilt rebuilt = rebuild(sample.bytes());
        ASSERT_TRUE(rebuilt.result);
        EXPECT_TRUE(rebuilt.found(Finding::pdf_structure));
        const std::string all = unpacked(rebuilt.bytes);
        for (const char* gone : {"StructTreeRoot", "MCID", "StructParents"}) EXPECT_THAT(all, Not(HasSubstr(gone)));
        EXPECT_TRUE(verify::pdf(MemorySource(rebuilt.bytes), {}));
    }
}

} // namespace
} // namespace sekisho::tests
