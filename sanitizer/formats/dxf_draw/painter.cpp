#include "sanitizer/formats/dxf_draw/painter.h"

#include <algorithm>

namespace sekisho::dxf {

namespace {

constexpr std::uint64_t most_drawn = 2'000'000;
constexpr unsigned deepest = 64;
constexpr std::int64_t by_block = 0, by_layer = 256;
constexpr double default_width = 0.13; // of a line without a width of its own
constexpr std::int64_t layer_weight = -1, block_weight = -2;

// Objects that show nothing, wherever they are.
bool shows_nothing(std::string_view kind) {
    return kind == "SEQEND" || kind == "VERTEX";
}

} // namespace

std::span<const Painter::Kind> Painter::kinds() {
    static constexpr Kind all[] = {
        {"LINE", &Painter::line},
        {"3DLINE", &Painter::line},
        {"RAY", &Painter::endless},
        {"XLINE", &Painter::endless},
        {"POINT", &Painter::point},
        {"CIRCLE", &Painter::circle},
        {"ARC", &Painter::circle},
        {"ELLIPSE", &Painter::ellipse},
        {"SPLINE", &Painter::spline},
        {"HELIX", &Painter::spline},
        {"LWPOLYLINE", &Painter::light_polyline},
        {"SOLID", &Painter::solid},
        {"TRACE", &Painter::solid},
        {"3DFACE", &Painter::face},
        {"LEADER", &Painter::leader},
        {"MLINE", &Painter::many_lines},
        {"HATCH", &Painter::hatch},
        {"TEXT", &Painter::text},
        {"ATTRIB", &Painter::attribute},
        {"ATTDEF", &Painter::definition},
        {"MTEXT", &Painter::paragraph},
        {"TOLERANCE", &Painter::tolerance},
        {"MULTILEADER", &Painter::multileader},
        {"INSERT", &Painter::insert},
        {"DIMENSION", &Painter::dimension},
        {"ARC_DIMENSION", &Painter::dimension},
        {"LARGE_RADIAL_DIMENSION", &Painter::dimension},
        {"VIEWPORT", &Painter::viewport},
    };
    return all;
}

const Layer& Painter::layer_of(const Entity& entity, const Scene& scene) const {
    static const Layer unknown;
    const std::string name = key_of(entity.text(8));
    if (scene.layer && (name.empty() || name == "0")) return *scene.layer;
    const auto found = m_drawing.layers.find(name);
    return found == m_drawing.layers.end() ? unknown : found->second;
}

Painter::Look Painter::look_of(const Entity& entity, const Scene& scene) const {
    Look look{&layer_of(entity, scene), {}, false};
    const Layer& layer = *look.layer;
    look.hidden = layer.frozen || layer.off || entity.whole(60) == 1;

    const std::int64_t color = std::clamp<std::int64_t>(entity.whole(62, by_layer), -256, 256);
    if (entity.has(420))
        look.stroke.color = cad::color_of(static_cast<std::uint32_t>(entity.whole(420)));
    else if (color == by_block)
        look.stroke.color = scene.stroke.color;
    else if (color == by_layer && layer.rgb)
        look.stroke.color = cad::color_of(static_cast<std::uint32_t>(*layer.rgb));
    else
        look.stroke.color = color_of_number(color == by_layer ? layer.color : color < 0 ? -color : color);

    std::int64_t weight = entity.whole(370, layer_weight);
    if (weight == layer_weight) weight = layer.weight;
    look.stroke.width = weight == block_weight ? scene.stroke.width
                        : weight < 0           ? default_width
                                               : static_cast<double>(std::min<std::int64_t>(weight, 211)) / 100;

    const std::string own = key_of(entity.text(6));
    if (own == "byblock") {
        look.stroke.dashes = scene.stroke.dashes;
        return look;
    }
    const auto type = m_drawing.line_types.find(own.empty() || own == "bylayer" ? layer.line_type : own);
    if (type == m_drawing.line_types.end()) return look;
    look.stroke.dashes = type->second;
    const double times = entity.real(48, 1) * m_drawing.variable("$LTSCALE", 40, 1);
    for (double& dash : look.stroke.dashes) dash *= times;
    return look;
}

Result<> Painter::draw(std::span<const Stored> objects, const Scene& scene) {
    if (scene.depth > deepest) return refuse(Reason::cad_nesting);
    for (std::size_t i = 0; i < objects.size();) {
        TRY(m_context.budget().check_time());
        if (++m_drawn > most_drawn) return refuse(Reason::limit_members);
        if (objects[i].kind == "POLYLINE") {
            i += TRY(sequence(objects.subspan(i), scene));
            continue;
        }
        Entity entity;
        TRY(entity.read(objects[i++]));
        TRY(one(entity, scene));
    }
    return {};
}

Result<> Painter::one(const Entity& entity, const Scene& scene) {
    if (shows_nothing(entity.kind())) return {};
    const auto all = kinds();
    const auto kind = std::ranges::find(all, entity.kind(), &Kind::name);
    if (kind == all.end()) {
        m_sheet.lacks = true;
        return {};
    }
    const Look look = look_of(entity, scene);
    // What lies on other layers than a block's insert is on or off by itself.
    const bool passes_on = entity.kind() == "INSERT" && !look.layer->frozen && entity.whole(60) != 1;
    if (look.hidden && !passes_on) {
        m_sheet.hides = true;
        return {};
    }
    Scene own = scene;
    own.stroke = look.stroke;
    return (this->*kind->draw)(entity, own);
}

// A polyline and its vertices, up to the end of the sequence; how many objects that was.
Result<std::size_t> Painter::sequence(std::span<const Stored> objects, const Scene& scene) {
    std::size_t count = 1;
    while (count < objects.size() && objects[count].kind == "VERTEX") ++count;
    m_drawn += count;
    Entity entity;
    TRY(entity.read(objects[0]));
    const Look look = look_of(entity, scene);
    if (look.hidden) {
        m_sheet.hides = true;
        return count;
    }
    Scene own = scene;
    own.stroke = look.stroke;
    TRY(polyline(entity, objects.subspan(1, count - 1), own));
    return count;
}

Result<> Painter::block(const Block& block, const cad::Matrix& place, const Scene& scene, const Layer* layer) {
    Scene inside = scene;
    inside.place = scene.place * place * cad::shift({-block.base.x, -block.base.y});
    inside.layer = layer;
    ++inside.depth;
    return draw(block.objects, inside);
}

Result<> Painter::insert(const Entity& entity, const Scene& scene) {
    const auto found = m_drawing.blocks.find(key_of(entity.text(2)));
    if (found == m_drawing.blocks.end()) {
        m_sheet.lacks = true;
        return {};
    }
    const auto times = [&](int code) { return std::clamp<std::int64_t>(entity.whole(code, 1), 1, 32767); };
    const std::int64_t columns = times(70), rows = times(71);
    // Columns and rows are counted in units of the drawing, turned with the insert but not scaled.
    const cad::Matrix turned = entity.plane() * cad::shift(entity.point(10)) * cad::turn(cad::radians(entity.real(50)));
    const cad::Matrix sized = cad::stretch(entity.real(41, 1), entity.real(42, 1));
    const Layer& layer = layer_of(entity, scene);
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t column = 0; column < columns; ++column) {
            if (++m_drawn > most_drawn) return refuse(Reason::limit_members);
            const cad::Point at{static_cast<double>(column) * entity.real(44),
                                static_cast<double>(row) * entity.real(45)};
            TRY(block(found->second, turned * cad::shift(at) * sized, scene, &layer));
        }
    return {};
}

// Programs keep the picture of a dimension as a block in the coordinates of the drawing.
Result<> Painter::dimension(const Entity& entity, const Scene& scene) {
    const auto found = m_drawing.blocks.find(key_of(entity.text(2)));
    if (found != m_drawing.blocks.end()) return block(found->second, {}, scene, &layer_of(entity, scene));
    m_sheet.lacks = true;
    const std::string_view words = entity.text(1);
    if (words == "<>" || words.empty()) return {};
    return lines(words,
                 {.at = entity.point(11),
                  .height = m_drawing.variable("$DIMTXT", 40, 2.5) * m_drawing.variable("$DIMSCALE", 40, 1),
                  .attachment = 5},
                 scene);
}

// The model, seen through a window in the paper.
Result<> Painter::viewport(const Entity& entity, const Scene& scene) {
    constexpr std::int64_t sheet_itself = 1;
    if (scene.depth > 0 || m_model.empty() || entity.whole(69) == sheet_itself || entity.whole(68, 1) == 0) return {};
    const bool from_above = entity.real(16) == 0 && entity.real(26) == 0 && entity.real(36, 1) > 0;
    const double width = entity.real(40), height = entity.real(41), shown = entity.real(45);
    if (!from_above || !(shown > 0) || !(width > 0) || !(height > 0)) {
        m_sheet.lacks = true;
        return {};
    }
    const cad::Point center = entity.point(10), view = entity.point(12), target = entity.point(17);
    const double scale = height / shown;
    cad::Path frame;
    const cad::Point corner{width / 2, height / 2}, other{-width / 2, height / 2};
    frame.polygon({center + corner, center + other, center - corner, center - other}, true);
    Scene inside = scene;
    inside.place = scene.place * cad::shift(center) * cad::stretch(scale, scale) * cad::shift({-view.x, -view.y}) *
                   cad::turn(cad::radians(entity.real(51))) * cad::shift({-target.x, -target.y});
    ++inside.depth;
    frame = frame.moved(scene.place);
    cad::Box box;
    for (const cad::Point& point : frame.points) box.add(point);
    const std::vector<Endless> outside = std::exchange(m_endless, {});
    TRY(m_sheet.begin_clip(std::move(frame)));
    TRY(draw(m_model, inside));
    TRY(draw_endless(box));
    m_endless = outside;
    m_sheet.end_clip();
    return {};
}

} // namespace sekisho::dxf
