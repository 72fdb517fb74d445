// Draws objects of a drawing on a sheet.
#pragma once

#include "sanitizer/formats/cad/coding.h"
#include "sanitizer/formats/cad_sheet/sheet.h"
#include "sanitizer/formats/dxf_draw/drawing.h"

namespace sekisho::dxf {

// Where objects are drawn, and what those of a block take from the insert that draws it.
struct Scene {
    cad::Matrix place;
    const Layer* layer = nullptr; // of the insert; nothing on the sheet itself
    cad::Stroke stroke;
    unsigned depth = 0;
};

class Painter {
public:
    // `model`: what viewports of a layout show; nothing where the model itself is drawn.
    Painter(const Drawing& drawing, cad::Coding coding, Context& context, cad::Sheet& sheet,
            std::span<const Stored> model = {})
        : m_drawing(drawing), m_context(context), m_sheet(sheet), m_model(model), m_texts(coding, coding) {}

    // Refuses Reason::limit_members and cad_nesting.
    Result<> draw(std::span<const Stored> objects, const Scene& scene);
    // Lines without end, as far as everything else goes.
    Result<> finish() { return draw_endless(m_sheet.box()); }

private:
    using Draw = Result<> (Painter::*)(const Entity&, const Scene&);
    struct Kind {
        std::string_view name;
        Draw draw;
    };
    static std::span<const Kind> kinds();

    // How an object of the scene looks: its own colour, line and layer, or those that it inherits.
    struct Look {
        const Layer* layer;
        cad::Stroke stroke;
        bool hidden;
    };
    Look look_of(const Entity& entity, const Scene& scene) const;
    const Layer& layer_of(const Entity& entity, const Scene& scene) const;
    Result<> stroke(cad::Path path, const Scene& scene) { return m_sheet.line(std::move(path), scene.stroke); }

    // painter.cpp
    Result<> one(const Entity& entity, const Scene& scene);
    Result<std::size_t> sequence(std::span<const Stored> objects, const Scene& scene);
    Result<> insert(const Entity& entity, const Scene& scene);
    Result<> dimension(const Entity& entity, const Scene& scene);
    Result<> block(const Block& block, const cad::Matrix& place, const Scene& scene, const Layer* layer);
    Result<> viewport(const Entity& entity, const Scene& scene);

    // lines.cpp
    Result<> line(const Entity& entity, const Scene& scene);
    Result<> endless(const Entity& entity, const Scene& scene);
    Result<> draw_endless(const cad::Box& box);
    Result<> point(const Entity& entity, const Scene& scene);
    Result<> circle(const Entity& entity, const Scene& scene);
    Result<> ellipse(const Entity& entity, const Scene& scene);
    Result<> spline(const Entity& entity, const Scene& scene);
    Result<> solid(const Entity& entity, const Scene& scene);
    Result<> face(const Entity& entity, const Scene& scene);
    Result<> leader(const Entity& entity, const Scene& scene);
    Result<> many_lines(const Entity& entity, const Scene& scene);

    // polylines.cpp
    struct Vertex {
        cad::Point at;
        double bulge = 0, from = 0, to = 0; // widths
    };
    Result<> light_polyline(const Entity& entity, const Scene& scene);
    Result<> polyline(const Entity& entity, std::span<const Stored> vertices, const Scene& scene);
    Result<> draw_vertices(std::span<const Vertex> vertices, bool closed, const cad::Matrix& place, const Scene& scene);
    Result<> mesh(const Entity& entity, std::span<const cad::Point> points, const Scene& scene);

    // hatches.cpp
    Result<> hatch(const Entity& entity, const Scene& scene);

    // texts.cpp
    Result<> text(const Entity& entity, const Scene& scene);
    Result<> attribute(const Entity& entity, const Scene& scene);
    Result<> definition(const Entity& entity, const Scene& scene);
    Result<> paragraph(const Entity& entity, const Scene& scene);
    Result<> tolerance(const Entity& entity, const Scene& scene);
    Result<> multileader(const Entity& entity, const Scene& scene);
    struct Lines {
        cad::Point at;
        double angle = 0, height = 0, width = 0, spacing = 1;
        std::int64_t attachment = 1;
        const Style* style = nullptr;
    };
    Result<> lines(std::string_view code, const Lines& how, const Scene& scene);
    Result<> single(const Entity& entity, int vertical_code, const Scene& scene);
    const Style& style_of(std::string_view name) const;
    std::string words(std::string_view bytes);

    const Drawing& m_drawing;
    Context& m_context;
    cad::Sheet& m_sheet;
    std::span<const Stored> m_model;
    cad::Texts m_texts;
    std::uint64_t m_drawn = 0;
    struct Endless {
        cad::Point at, along;
        bool both;
        cad::Stroke stroke;
    };
    std::vector<Endless> m_endless;
};

// AutoCAD's colours by number, 1 to 255 (DXF Reference: 62).
cad::Color color_of_number(std::int64_t number);

} // namespace sekisho::dxf
