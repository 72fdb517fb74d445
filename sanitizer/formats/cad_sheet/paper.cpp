#include "sanitizer/formats/cad_sheet/paper.h"

#include <algorithm>
#include <ranges>

namespace sekisho::cad {

namespace {

constexpr Paper ordinary = papers[3], small = papers[4];
constexpr double margin = 10;    // millimetres
constexpr double smallest = 0.3; // part of A4 that a drawing in its own size fills at least
constexpr double slack = 1.005;  // a frame drawn on the edge of the sheet

} // namespace

void fit_on_paper(Sheet& sheet, const Box& box, double unit) {
    const double width = box.width() * unit, height = box.height() * unit;
    const double longer = std::max(width, height), shorter = std::min(width, height);
    const auto holds = [&](Paper paper) { return longer <= paper.width * slack && shorter <= paper.height * slack; };
    const auto sizes = papers | std::views::reverse;
    const auto found = std::ranges::find_if(sizes, holds);
    const bool tiny = longer < smallest * small.width && shorter < smallest * small.height;
    const Paper paper = found == sizes.end() ? ordinary : *found;
    sheet.width = width >= height ? paper.width : paper.height;
    sheet.height = width >= height ? paper.height : paper.width;
    double scale = unit;
    if (found == sizes.end() || tiny) {
        const auto room = [](double side, double taken) { return taken > 0 ? (side - 2 * margin) / taken : HUGE_VAL; };
        scale = std::min(room(sheet.width, box.width()), room(sheet.height, box.height()));
        if (!std::isfinite(scale)) scale = unit;
    }
    const Point middle{(box.low.x + box.high.x) / 2, (box.low.y + box.high.y) / 2};
    sheet.to_paper = shift({sheet.width / 2, sheet.height / 2}) * stretch(scale, scale) * shift({-middle.x, -middle.y});
}

} // namespace sekisho::cad
