#include "sanitizer/formats/pdf_draw/draw.h"
#include "sanitizer/formats/pdf_draw/pdf_draw.h"

namespace sekisho::pdf {

using namespace drawing;

namespace {

// Text in a Latin and in Japanese fonts that are not embedded, so font lookup, poppler-data and glyph loading all
// happen. Poppler finds the objects without a cross-reference table.
constexpr std::string_view page = R"(%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</A 5 0 R/M 6 0 R/G 7 0 R>>>>>>endobj
4 0 obj<</Length 98>>stream
BT /A 9 Tf 9 9 Td (Az) Tj /M 9 Tf 0 9 Td <88C0> Tj /G 9 Tf 0 9 Td <88C0> Tj ET 0 0 9 9 re f
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
6 0 obj<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light/Encoding/90ms-RKSJ-H/DescendantFonts[8 0 R]>>endobj
7 0 obj<</Type/Font/Subtype/Type0/BaseFont/GothicBBB-Medium/Encoding/90ms-RKSJ-H/DescendantFonts[9 0 R]>>endobj
8 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/CIDSystemInfo 10 0 R/FontDescriptor 11 0 R>>endobj
9 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/GothicBBB-Medium/CIDSystemInfo 10 0 R/FontDescriptor 12 0 R>>endobj
10 0 obj<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>endobj
11 0 obj<</Type/FontDescriptor/FontName/Ryumin-Light/Flags 6>>endobj
12 0 obj<</Type/FontDescriptor/FontName/GothicBBB-Medium/Flags 4>>endobj
trailer<</Root 1 0 R/Size 13>>
%%EOF
)";

} // namespace

void warm_up() {
    const Limits limits;
    Budget budget(limits);
    Report report;
    Context context(Level::flatten, budget, report, nullptr);
    const auto document = open_document(as_view(page), limits);
    if (!document) bug("the built-in page cannot be opened");
    if (const auto drawn = draw_pages(*document, context); !drawn) bug("the built-in page cannot be drawn");
    for (int index = 0; index < page_count(*document); ++index) {
        PageSize size;
        const auto opened = open_page(*document, index, size);
        if (opened) const Characters characters(poppler_page_get_text(opened->get()));
    }
}

} // namespace sekisho::pdf
