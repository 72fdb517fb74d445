// Draws objects of a Jw_cad drawing on a sheet.
#pragma once

#include "sanitizer/core/job.h"
#include "sanitizer/formats/jww_draw/drawing.h"

namespace sekisho::jww {

class Painter {
public:
    Painter(const Drawing& drawing, Context& context, cad::Sheet& sheet)
        : m_drawing(drawing), m_context(context), m_sheet(sheet) {}

    // Refuses Reason::limit_members and cad_nesting.
    Result<> draw(std::span<const Stored> elements, const cad::Matrix& place, unsigned depth = 0);

private:
    Result<> one(const Element& element, const cad::Matrix& place, unsigned depth);
    Result<> line(const Element& element, const cad::Matrix& place);
    Result<> arc(const Element& element, const cad::Matrix& place);
    Result<> point(const Element& element, const cad::Matrix& place);
    Result<> words(const Element& element, const cad::Matrix& place);
    Result<> solid(const Element& element, const cad::Matrix& place);
    Result<> round_solid(const Element& element, const cad::Matrix& place);
    Result<> insert(const Element& element, const cad::Matrix& place, unsigned depth);

    bool is_shown(const Element& element) const;
    cad::Color color_of(const Element& element) const;
    cad::Stroke stroke_of(const Element& element) const;

    const Drawing& m_drawing;
    Context& m_context;
    cad::Sheet& m_sheet;
    std::uint64_t m_drawn = 0;
};

} // namespace sekisho::jww
