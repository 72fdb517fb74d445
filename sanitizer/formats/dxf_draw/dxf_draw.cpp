#include "sanitizer/formats/dxf_draw/dxf_draw.h"

#include <algorithm>

#include "sanitizer/formats/cad_sheet/paper.h"
#include "sanitizer/formats/dxf/dxf.h"
#include "sanitizer/formats/dxf_draw/painter.h"

namespace sekisho::dxf {

namespace {

constexpr std::size_t most_layouts = 256;

// How many millimetres the unit of the drawing is (DXF Reference, $INSUNITS).
double unit_of(const Drawing& drawing) {
    switch (static_cast<int>(std::clamp(drawing.variable("$INSUNITS", 70, 0), 0.0, 100.0))) {
    case 1:
        return 25.4;
    case 2:
        return 304.8;
    case 5:
        return 10;
    case 6:
        return 1000;
    default:
        return 1;
    }
}

// The limits of the drawing if they are a frame around it, else what is drawn.
cad::Box frame_of(const Drawing& drawing, const cad::Box& drawn) {
    constexpr double most = 4; // times the area of what is drawn
    cad::Box limits;
    limits.low = {drawing.variable("$LIMMIN", 10, 0), drawing.variable("$LIMMIN", 20, 0)};
    limits.high = {drawing.variable("$LIMMAX", 10, 0), drawing.variable("$LIMMAX", 20, 0)};
    const double area = limits.width() * limits.height();
    const bool around = limits.width() > 0 && limits.height() > 0 && limits.holds(drawn);
    return around && area < most * drawn.width() * drawn.height() ? limits : drawn;
}

void lay_out(cad::Sheet& sheet, const Layout& layout) {
    const cad::Matrix to_paper = cad::shift({layout.left, layout.bottom}) * cad::stretch(layout.unit, layout.unit);
    cad::Box drawn;
    drawn.add(to_paper.of(sheet.box().low));
    drawn.add(to_paper.of(sheet.box().high));
    cad::Box page;
    page.add({0, 0});
    page.add({layout.width, layout.height});
    if (layout.width < 50 || layout.height < 50 || !page.holds(drawn))
        return cad::fit_on_paper(sheet, sheet.box(), layout.unit);
    sheet.width = layout.width;
    sheet.height = layout.height;
    sheet.to_paper = to_paper;
}

struct Spaces {
    std::vector<Stored> model, paper;
};

// What follows a polyline or an insert as a part of it lies where that does.
Result<Spaces> spaces_of(const Drawing& drawing, Budget& budget) {
    Spaces made;
    bool on_paper = false;
    for (const Stored& stored : drawing.entities) {
        TRY(budget.check_time());
        const bool part = stored.kind == "VERTEX" || stored.kind == "ATTRIB" || stored.kind == "SEQEND";
        if (!part) {
            Entity entity;
            TRY(entity.read(stored));
            on_paper = entity.whole(67) == 1;
        }
        (on_paper ? made.paper : made.model).push_back(stored);
    }
    return made;
}

class Pages {
public:
    Pages(const Drawing& drawing, cad::Coding coding, Context& context)
        : m_drawing(drawing), m_coding(coding), m_context(context) {}

    Result<std::vector<cad::Sheet>> run() {
        const Spaces spaces = TRY(spaces_of(m_drawing, m_context.budget()));
        TRY(model(spaces.model));
        const Layout unnamed;
        bool active_done = false;
        for (const Layout& layout : m_drawing.layouts) {
            if (m_made.size() > most_layouts) return refuse(Reason::limit_pages);
            const bool active = layout.block == "*paper_space";
            active_done = active_done || active;
            const auto block = m_drawing.blocks.find(layout.block);
            if (active)
                TRY(paper(spaces.paper, spaces.model, layout));
            else if (block != m_drawing.blocks.end())
                TRY(paper(block->second.objects, spaces.model, layout));
        }
        if (!active_done) TRY(paper(spaces.paper, spaces.model, unnamed));
        if (m_made.empty()) m_made.emplace_back(m_context.budget()); // nothing to be seen is a sheet, too
        m_made.front().hides = m_hides;
        m_made.front().lacks = m_lacks;
        return std::move(m_made);
    }

private:
    Result<> model(std::span<const Stored> objects) {
        cad::Sheet sheet(m_context.budget());
        Painter painter(m_drawing, m_coding, m_context, sheet);
        TRY(painter.draw(objects, {}));
        TRY(painter.finish());
        const cad::Box frame = sheet.box().is_empty() ? sheet.box() : frame_of(m_drawing, sheet.box());
        if (!frame.is_empty()) cad::fit_on_paper(sheet, frame, unit_of(m_drawing));
        add(std::move(sheet));
        return {};
    }

    // A layout that only looks at the model says nothing that the model's own page does not.
    Result<> paper(std::span<const Stored> objects, std::span<const Stored> model, const Layout& layout) {
        const auto is_window = [](const Stored& stored) { return stored.kind == "VIEWPORT"; };
        if (std::ranges::all_of(objects, is_window)) return {};
        cad::Sheet sheet(m_context.budget());
        Painter painter(m_drawing, m_coding, m_context, sheet, model);
        TRY(painter.draw(objects, {}));
        TRY(painter.finish());
        if (!sheet.box().is_empty()) lay_out(sheet, layout);
        add(std::move(sheet));
        return {};
    }

    void add(cad::Sheet sheet) {
        m_hides = m_hides || sheet.hides;
        m_lacks = m_lacks || sheet.lacks;
        if (!sheet.box().is_empty()) m_made.push_back(std::move(sheet));
    }

    const Drawing& m_drawing;
    cad::Coding m_coding;
    Context& m_context;
    std::vector<cad::Sheet> m_made;
    bool m_hides = false, m_lacks = false;
};

} // namespace

Result<std::vector<cad::Sheet>> sheets(Job& job) {
    MemorySink clean(job.context.limits().bytes_in_memory);
    Job first{job.in, clean, job.type, job.context, job.name};
    const cad::Coding coding = TRY(rewrite(first));
    const Drawing drawing = TRY(read_drawing(clean.bytes(), job.context.budget()));
    return Pages(drawing, coding, job.context).run();
}

} // namespace sekisho::dxf
