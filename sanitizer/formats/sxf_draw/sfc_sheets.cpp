#include "sanitizer/formats/cad_sheet/paper.h"
#include "sanitizer/formats/sxf/sxf.h"
#include "sanitizer/formats/sxf_draw/sfc_painter.h"
#include "sanitizer/formats/sxf_draw/sxf_draw.h"

namespace sekisho::sxf {

Result<std::vector<cad::Sheet>> sfc_sheets(Job& job) {
    MemorySink clean(job.context.limits().bytes_in_memory);
    Job first{job.in, clean, job.type, job.context, job.name};
    TRY(sfc(first));
    const SfcDrawing drawing = TRY(read_sfc(as_text(clean.bytes()), job.context.budget()));
    std::vector<cad::Sheet> made;
    cad::Sheet& sheet = made.emplace_back(job.context.budget());
    TRY(SfcPainter(drawing, job.context, sheet).draw(drawing.loose, {}));
    if (drawing.width > 0 && drawing.height > 0) {
        sheet.width = drawing.width;
        sheet.height = drawing.height;
    } else if (!sheet.box().is_empty()) {
        cad::fit_on_paper(sheet, sheet.box(), 1);
    }
    return made;
}

} // namespace sekisho::sxf
