#include "sanitizer/formats/jww_draw/jww_draw.h"

#include "sanitizer/formats/cad_sheet/paper.h"
#include "sanitizer/formats/jww/jww.h"
#include "sanitizer/formats/jww_draw/painter.h"

namespace sekisho::jww {

namespace {

// By the number in the header: A0 to A4, then from 8 on 2A to 5A, 10 m, 50 m and 100 m.
cad::Paper paper_of(std::uint32_t size) {
    constexpr std::array larger{cad::Paper{1682, 1189},   cad::Paper{2378, 1682},  cad::Paper{3364, 2378},
                                cad::Paper{4756, 3364},   cad::Paper{10000, 7071}, cad::Paper{50000, 35355},
                                cad::Paper{100000, 70711}};
    constexpr std::uint32_t first_larger = 8;
    if (size < cad::papers.size()) return cad::papers[size];
    if (size >= first_larger && size - first_larger < larger.size()) return larger[size - first_larger];
    return cad::papers[3];
}

} // namespace

// The middle of the sheet is (0, 0), and everything is as large as on paper.
Result<std::vector<cad::Sheet>> sheets(Job& job) {
    constexpr double largest = 5000; // millimetres of a page; what is larger is made as large as A0
    MemorySink clean(job.context.limits().bytes_in_memory);
    Job first{job.in, clean, job.type, job.context, job.name};
    TRY(rebuild(first));
    const Drawing drawing = TRY(read_drawing(clean.bytes(), job.context.budget()));
    std::vector<cad::Sheet> made;
    cad::Sheet& sheet = made.emplace_back(job.context.budget());
    TRY(Painter(drawing, job.context, sheet).draw(drawing.elements, {}));
    const cad::Paper paper = paper_of(drawing.size);
    const double scale = paper.width > largest ? cad::papers[0].width / paper.width : 1;
    sheet.width = paper.width * scale;
    sheet.height = paper.height * scale;
    sheet.to_paper = cad::shift({sheet.width / 2, sheet.height / 2}) * cad::stretch(scale, scale);
    return made;
}

} // namespace sekisho::jww
