#include "sanitizer/formats/cad_sheet/paper.h"
#include "sanitizer/formats/sxf/sxf.h"
#include "sanitizer/formats/sxf_draw/p21_painter.h"
#include "sanitizer/formats/sxf_draw/sxf_draw.h"

namespace sekisho::sxf {

namespace {

using Numbers = std::unordered_set<std::uint64_t>;

// What is invisible by itself, or lies on a layer that is.
Result<Numbers> hidden_in(const Instances& instances) {
    Numbers hidden;
    for (const std::uint64_t number : instances.all_of("INVISIBILITY")) {
        const Instance of = TRY(instances.read(number));
        for (const Value& item : of.attribute("INVISIBILITY", 0, 0).items) {
            hidden.insert(item.reference);
            const Instance layer = TRY(instances.read(item.reference));
            for (const Value& on_it : layer.attribute("PRESENTATION_LAYER_ASSIGNMENT", 2, 0).items)
                hidden.insert(on_it.reference);
        }
    }
    return hidden;
}

// The box that a sheet holds, or that is said to be its size.
Result<> set_size(cad::Sheet& sheet, std::uint64_t number, const Instances& instances) {
    for (const std::uint64_t size : instances.all_of("PRESENTATION_SIZE")) {
        const Instance of = TRY(instances.read(size));
        if (of.attribute("PRESENTATION_SIZE", 0, 0).reference != number) continue;
        const Instance box = TRY(instances.read(of.attribute("PRESENTATION_SIZE", 1, 0).reference));
        // PLANAR_EXTENT's width and height, then the placement.
        const double width = box.attribute("PLANAR_BOX", 0).real(), height = box.attribute("PLANAR_BOX", 1).real();
        if (!(width > 0) || !(height > 0)) continue;
        sheet.width = width;
        sheet.height = height;
        return {};
    }
    if (!sheet.box().is_empty()) cad::fit_on_paper(sheet, sheet.box(), 1);
    return {};
}

// A file without a sheet: everything that is drawn, but for what figures are made of.
Result<std::vector<Value>> loose_in(const Instances& instances) {
    Numbers parts;
    for (const std::string_view entity : {"DRAUGHTING_SUBFIGURE_REPRESENTATION", "DRAUGHTING_CALLOUT"})
        for (const std::uint64_t number : instances.all_of(entity)) {
            const Instance of = TRY(instances.read(number));
            const std::size_t items = entity == "DRAUGHTING_CALLOUT" ? 0 : 1;
            for (const Value& item : of.attribute(entity, items, items == 0).items) parts.insert(item.reference);
        }
    std::vector<Value> made;
    for (const std::string_view entity :
         {"ANNOTATION_FILL_AREA_OCCURRENCE", "ANNOTATION_CURVE_OCCURRENCE", "ANNOTATION_SYMBOL_OCCURRENCE",
          "ANNOTATION_SUBFIGURE_OCCURRENCE", "ANNOTATION_TEXT_OCCURRENCE", "DRAUGHTING_CALLOUT"})
        for (const std::uint64_t number : instances.all_of(entity))
            if (parts.insert(number).second) {
                Value& value = made.emplace_back();
                value.kind = Value::Kind::reference;
                value.reference = number;
            }
    return made;
}

} // namespace

Result<std::vector<cad::Sheet>> p21_sheets(Job& job) {
    Context& context = job.context;
    MemorySink clean(context.limits().bytes_in_memory);
    Job first{job.in, clean, job.type, context, job.name};
    TRY(p21(first));
    const Instances instances = TRY(Instances::of(as_text(clean.bytes()), context.budget()));
    const Numbers hidden = TRY(hidden_in(instances));
    std::vector<cad::Sheet> made;
    for (const std::uint64_t number : instances.all_of("DRAWING_SHEET_REVISION")) {
        const Instance of = TRY(instances.read(number));
        cad::Sheet& sheet = made.emplace_back(context.budget());
        TRY(P21Painter(instances, hidden, context, sheet).draw(of.attribute("DRAWING_SHEET_REVISION", 1, 0).items, {}));
        TRY(set_size(sheet, number, instances));
        if (made.size() > context.limits().pages) return refuse(Reason::limit_pages);
    }
    if (!made.empty()) return made;
    cad::Sheet& sheet = made.emplace_back(context.budget());
    TRY(P21Painter(instances, hidden, context, sheet).draw(TRY(loose_in(instances)), {}));
    TRY(set_size(sheet, 0, instances));
    return made;
}

} // namespace sekisho::sxf
