// Draws what a sheet of a P21 drawing holds (ISO 10303-202, as SXF uses it).
#pragma once

#include <memory>
#include <unordered_set>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/sxf_draw/p21_curves.h"

namespace sekisho::sxf {

class P21Painter {
public:
    // `hidden`: layers' items, and others, that are not shown.
    P21Painter(const Instances& instances, const std::unordered_set<std::uint64_t>& hidden, Context& context,
               cad::Sheet& sheet)
        : m_instances(instances), m_curves(instances), m_hidden(hidden), m_context(context), m_sheet(sheet) {}

    // Refuses Reason::limit_members and cad_nesting.
    Result<> draw(std::span<const Value> items, const cad::Matrix& place, unsigned depth = 0);

private:
    struct Look {
        cad::Stroke stroke;
        Instance text; // a TEXT_STYLE
        Instance fill; // a FILL_AREA_STYLE
    };
    Result<> item(std::uint64_t number, const cad::Matrix& place, unsigned depth);
    Result<> styled(const Instance& of, const Value& shown, const cad::Matrix& place, unsigned depth);
    Result<Look> look_of(const Value& styles);
    struct Figure {
        cad::Matrix place;
        std::shared_ptr<const std::vector<Value>> items; // nothing: it cannot be drawn
    };
    Result<> figure(std::uint64_t number, const cad::Matrix& place, unsigned depth);
    Result<Figure> read_figure(std::uint64_t number);
    Result<> symbol(const Instance& symbol, const Look& look, const cad::Matrix& place);
    Result<> text(const Instance& literal, const Look& look, const cad::Matrix& place);
    Result<> area(const Instance& area, const Look& look, const cad::Matrix& place);
    Result<> hatch(const Instance& hatching, const cad::Box& box, const cad::Matrix& place);
    Result<cad::Matrix> target(const Value& reference);

    const Instances& m_instances;
    P21Curves m_curves;
    const std::unordered_set<std::uint64_t>& m_hidden;
    Context& m_context;
    cad::Sheet& m_sheet;
    std::unordered_map<std::uint64_t, Figure> m_figures; // by the instance that places it
    std::unordered_map<std::uint64_t, std::shared_ptr<std::vector<Value>>> m_representations;
    std::uint64_t m_drawn = 0;
};

} // namespace sekisho::sxf
