// Draws the features of an SFC drawing on a sheet.
#pragma once

#include "sanitizer/core/job.h"
#include "sanitizer/formats/cad/coding.h"
#include "sanitizer/formats/sxf_draw/sfc_drawing.h"

namespace sekisho::sxf {

class SfcPainter {
public:
    SfcPainter(const SfcDrawing& drawing, Context& context, cad::Sheet& sheet)
        : m_drawing(drawing), m_context(context), m_sheet(sheet) {}

    // Refuses Reason::limit_members and cad_nesting.
    Result<> draw(std::span<const std::string_view> features, const cad::Matrix& place, unsigned depth = 0);

private:
    // The feature at hand, and where it is drawn.
    struct At {
        std::string_view name;
        const Values& values;
        cad::Matrix place;
        unsigned depth;
    };
    using Draw = Result<> (SfcPainter::*)(const At&);
    struct Kind {
        std::string_view name;
        Draw draw;
    };
    static std::span<const Kind> kinds();

    Result<> curve(const At& at);
    Result<> marker(const At& at);
    Result<> text(const At& at);
    Result<> figure(const At& at);
    Result<> linear_dimension(const At& at);
    Result<> arc_dimension(const At& at);
    Result<> radius_dimension(const At& at);
    Result<> label(const At& at);
    Result<> filled(const At& at);
    Result<> hatched(const At& at);
    Result<> outlined(const At& at);

    bool is_shown(std::int64_t layer) const;
    cad::Stroke stroke(const At& at) const;
    Result<> words(const At& at, std::size_t from, cad::Color color);
    Result<> arrow(const At& at, std::size_t from, cad::Point direction);
    Result<> arrow(const At& at, std::int64_t code, cad::Point tip, cad::Point direction, double scale);
    Result<> extension(const At& at, std::size_t from);
    Result<cad::Path> outline(const At& at, std::size_t from);

    const SfcDrawing& m_drawing;
    Context& m_context;
    cad::Sheet& m_sheet;
    cad::Texts m_texts{cad::Coding::cp932, cad::Coding::cp932};
    std::uint64_t m_drawn = 0;
};

// The path of a feature that is a curve; nothing for any other.
cad::Path path_of(std::string_view name, const Values& values);

} // namespace sekisho::sxf
