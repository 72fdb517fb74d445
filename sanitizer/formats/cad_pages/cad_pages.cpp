#include "sanitizer/formats/cad_pages/cad_pages.h"

#include <algorithm>
#include <array>
#include <new>

#include "sanitizer/formats/cad_pages/drawer.h"
#include "sanitizer/formats/dxf_draw/dxf_draw.h"
#include "sanitizer/formats/jww_draw/jww_draw.h"
#include "sanitizer/formats/pdf_draw/pdf_draw.h"
#include "sanitizer/formats/sxf_draw/sxf_draw.h"

namespace sekisho::cad_pages {

namespace {

struct Row {
    Type type;
    Result<std::vector<cad::Sheet>> (*sheets)(Job&);
};
constexpr std::array rows{
    Row{Type::dxf, dxf::sheets},
    Row{Type::sfc, sxf::sfc_sheets},
    Row{Type::p21, sxf::p21_sheets},
    Row{Type::jww, jww::sheets},
};

Result<Bytes> drawn(Job& job) {
    const auto row = std::ranges::find(rows, job.type, &Row::type);
    if (row == rows.end()) return refuse(Reason::level_unsupported);
    const Context::Step step(job.context, Level::rebuild, true);
    return draw_sheets(TRY(row->sheets(job)), job.context);
}

Result<Type> flatten_checked(Job& job) {
    return pdf::deliver_drawing(job, TRY(drawn(job)));
}

} // namespace

Result<Type> flatten(Job& job) try { return flatten_checked(job); } catch (const std::bad_alloc&) {
    return refuse(Reason::limit_memory);
}

} // namespace sekisho::cad_pages
