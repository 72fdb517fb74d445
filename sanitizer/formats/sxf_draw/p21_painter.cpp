#include "sanitizer/formats/sxf_draw/p21_painter.h"

#include <algorithm>

#include "sanitizer/formats/sxf_draw/tables.h"

namespace sekisho::sxf {

namespace {

constexpr std::uint64_t most_drawn = 500'000; // each takes a dozen instances
constexpr unsigned deepest = 64;
constexpr std::string_view geodetic = "$$SXF_FG_"; // x is north, and y east
constexpr std::string_view own_mark = "$$SXF_";

// "$$SXF_topline centre", or "baseline centre": 1 to 9, lower left, lower middle, ..., upper right.
std::int64_t base_of(std::string_view words) {
    const auto has = [&](std::string_view part) { return words.find(part) != words.npos; };
    const std::int64_t row = has("top") ? 2 : has("middle") ? 1 : 0;
    const std::int64_t column = has("right") ? 2 : has("centre") || has("center") ? 1 : 0;
    return row * 3 + column + 1;
}

// Writers of SXF move the point of a text: half its height up in the lowest row, half of it down in the middle one, all
// of it in the upper one.
double moved_up(std::int64_t base) {
    return base <= 3 ? 0.5 : base <= 6 ? -0.5 : -1.0;
}

} // namespace

Result<> P21Painter::draw(std::span<const Value> items, const cad::Matrix& place, unsigned depth) {
    if (depth > deepest) return refuse(Reason::cad_nesting);
    for (const Value& one : items) TRY(item(one.reference, place, depth));
    return {};
}

Result<> P21Painter::item(std::uint64_t number, const cad::Matrix& place, unsigned depth) {
    TRY(m_context.budget().check_time());
    if (++m_drawn > most_drawn) return refuse(Reason::limit_members);
    if (m_hidden.contains(number)) {
        m_sheet.hides = true;
        return {};
    }
    const Instance of = TRY(m_instances.read(number));
    if (of.is("DRAUGHTING_CALLOUT")) return draw(of.attribute("DRAUGHTING_CALLOUT", 0).items, place, depth + 1);
    if (of.is("STYLED_ITEM")) return styled(of, of.attribute("STYLED_ITEM", 1), place, depth);
    // A simple instance of a kind of styled item: name, styles, item.
    if (of.records.size() == 1 && of.records[0].entity.ends_with("_OCCURRENCE"))
        return styled(of, of.attribute(of.records[0].entity, 1), place, depth);
    if (of.is("MAPPED_ITEM")) return figure(number, place, depth);
    const bool frame = of.is("PLANAR_BOX") || of.is("AXIS2_PLACEMENT_2D");
    m_sheet.lacks = m_sheet.lacks || !frame;
    return {};
}

Result<P21Painter::Look> P21Painter::look_of(const Value& styles) {
    Look made;
    for (const Value& assignment : styles.items) {
        const Instance of = TRY(m_instances.read(assignment.reference));
        for (const Value& reference : of.attribute("PRESENTATION_STYLE_ASSIGNMENT", 0, 0).items) {
            Instance style = TRY(m_instances.read(reference.reference));
            if (style.is("CURVE_STYLE")) {
                made.stroke = TRY(m_curves.stroke(style));
            } else if (style.is("SYMBOL_STYLE")) {
                const Instance color = TRY(m_instances.read(style.attribute("SYMBOL_STYLE", 0).reference));
                made.stroke.color = TRY(m_curves.color(color.attribute("SYMBOL_COLOUR", 0, 0)));
            } else if (style.is("FILL_AREA_STYLE")) {
                made.fill = std::move(style);
            } else if (!style.records.empty()) {
                const Value& font = style.is("TEXT_STYLE") ? style.attribute("TEXT_STYLE", style.records.size() > 1, 1)
                                                           : style.attribute(style.records[0].entity, 0);
                const Instance appearance = TRY(m_instances.read(font.reference));
                made.stroke.color = TRY(m_curves.color(appearance.attribute("TEXT_STYLE_FOR_DEFINED_FONT", 0, 0)));
                made.text = std::move(style);
            }
        }
    }
    return made;
}

Result<> P21Painter::styled(const Instance& of, const Value& shown, const cad::Matrix& place, unsigned depth) {
    if (m_figures.contains(shown.reference)) return figure(shown.reference, place, depth);
    const Instance what = TRY(m_instances.read(shown.reference));
    if (what.is("DRAUGHTING_CALLOUT")) return item(shown.reference, place, depth + 1);
    if (what.is("MAPPED_ITEM") || what.is("ANNOTATION_SYMBOL")) return figure(shown.reference, place, depth);
    const std::string_view entity = of.is("STYLED_ITEM") ? "STYLED_ITEM" : of.records[0].entity;
    const Look look = TRY(look_of(of.attribute(entity, 0)));
    if (what.is("DEFINED_SYMBOL")) return symbol(what, look, place);
    if (what.is("ANNOTATION_FILL_AREA")) return area(what, look, place);
    if (what.is("COMPOSITE_TEXT")) {
        for (const Value& part : what.attribute("COMPOSITE_TEXT", 0).items)
            TRY(text(TRY(m_instances.read(part.reference)), look, place));
        return {};
    }
    if (what.is("TEXT_LITERAL") || what.is("TEXT_LITERAL_WITH_EXTENT")) return text(what, look, place);
    const cad::Path path = TRY(m_curves.curve(shown.reference));
    if (path.is_empty()) m_sheet.lacks = true;
    return m_sheet.line(path.moved(place), look.stroke);
}

// A placement and two scales.
Result<cad::Matrix> P21Painter::target(const Value& reference) {
    const Instance of = TRY(m_instances.read(reference.reference));
    if (!of.is("SYMBOL_TARGET")) return m_curves.placement(reference);
    return TRY(m_curves.placement(of.attribute("SYMBOL_TARGET", 0))) *
           cad::stretch(of.attribute("SYMBOL_TARGET", 1).real(), of.attribute("SYMBOL_TARGET", 2).real());
}

// What is drawn, and where it is put. A figure is drawn many times: it is read once.
Result<> P21Painter::figure(std::uint64_t number, const cad::Matrix& place, unsigned depth) {
    auto known = m_figures.find(number);
    if (known == m_figures.end()) known = m_figures.emplace(number, TRY(read_figure(number))).first;
    const Figure& figure = known->second;
    m_sheet.lacks = m_sheet.lacks || !figure.items;
    return figure.items ? draw(*figure.items, place * figure.place, depth + 1) : Result<>();
}

Result<P21Painter::Figure> P21Painter::read_figure(std::uint64_t number) {
    const Instance symbol = TRY(m_instances.read(number));
    const std::string_view entity = symbol.is("MAPPED_ITEM") ? "MAPPED_ITEM" : "ANNOTATION_SYMBOL";
    const Value& map_of = symbol.attribute(entity, 0);
    const Instance map = TRY(m_instances.read(map_of.reference));
    const std::string_view of_map =
        map.is("SYMBOL_REPRESENTATION_MAP") ? "SYMBOL_REPRESENTATION_MAP" : "REPRESENTATION_MAP";
    const cad::Matrix origin = TRY(m_curves.placement(map.attribute(of_map, 0, 0)));
    Figure made;
    made.place = TRY(target(symbol.attribute(entity, 1)));
    const std::uint64_t represented = map.attribute(of_map, 1, 0).reference;
    Instance drawn = TRY(m_instances.read(represented));
    if (drawn.records.size() != 1 || drawn.records[0].values.size() < 2) return made;
    std::vector<Value>& attributes = drawn.records[0].values; // name, items, context
    if (attributes[0].text.starts_with(geodetic)) made.place = made.place * cad::Matrix{0, 1, 1, 0, 0, 0};
    made.place = made.place * cad::turn(-std::atan2(origin.b, origin.a)) * cad::shift({-origin.e, -origin.f});
    std::shared_ptr<std::vector<Value>>& items = m_representations[represented];
    if (!items) items = std::make_shared<std::vector<Value>>(std::move(attributes[1].items));
    made.items = items;
    return made;
}

// Markers of points and ends of dimension lines.
Result<> P21Painter::symbol(const Instance& symbol, const Look& look, const cad::Matrix& place) {
    const Instance definition = TRY(m_instances.read(symbol.attribute("DEFINED_SYMBOL", 0).reference));
    const cad::Matrix to = place * TRY(target(symbol.attribute("DEFINED_SYMBOL", 1)));
    Symbol made;
    if (const std::string_view entity = "PRE_DEFINED_POINT_MARKER_SYMBOL"; definition.is(entity))
        made = marker(marker_code(definition.attribute(entity, 0, 0).text));
    else if (const std::string_view entity_of_end = "PRE_DEFINED_TERMINATOR_SYMBOL"; definition.is(entity_of_end))
        made = arrow(arrow_code(definition.attribute(entity_of_end, 0, 0).text));
    else
        m_sheet.lacks = true;
    TRY(m_sheet.line(made.lines.moved(to), look.stroke));
    return m_sheet.fill(made.areas.moved(to), cad::on_paper(look.stroke.color));
}

// The text, its place, how it lies at that, which way it runs, its font, and the box around it.
Result<> P21Painter::text(const Instance& literal, const Look& look, const cad::Matrix& place) {
    const bool complex = literal.records.size() > 1;
    const std::string_view entity =
        !complex && literal.is("TEXT_LITERAL_WITH_EXTENT") ? "TEXT_LITERAL_WITH_EXTENT" : "TEXT_LITERAL";
    if (!literal.is(entity)) {
        m_sheet.lacks = true;
        return {};
    }
    const Value& name = complex ? literal.attribute("REPRESENTATION_ITEM", 0) : literal.records[0].values[0];
    const Value& box_of = complex ? literal.attribute("TEXT_LITERAL_WITH_EXTENT", 0) : literal.attribute(entity, 5);
    const Instance box = TRY(m_instances.read(box_of.reference));
    const bool moved = name.text.starts_with(own_mark);
    const cad::Matrix at = TRY(m_curves.placement(literal.attribute(entity, 1)));
    Words made;
    made.utf8 = literal.attribute(entity, 0).text;
    made.vertical = literal.attribute(entity, 3).is("DOWN");
    made.base = base_of(moved ? name.text : literal.attribute(entity, 2).text);
    made.width = box.attribute("PLANAR_EXTENT", 0).real();
    made.height = box.attribute("PLANAR_EXTENT", 1).real();
    for (const Value& part : look.text.attribute("TEXT_STYLE_WITH_BOX_CHARACTERISTICS", 0, 2).items) {
        if (part.text == "BOX_HEIGHT") made.height = part.real();
        if (part.text == "BOX_SLANT_ANGLE") made.slant = part.real();
    }
    made.angle = std::atan2(at.b, at.a);
    made.at = moved ? at.of({0, -moved_up(made.base) * made.height}) : cad::Point{at.e, at.f};
    return m_sheet.write(text_of(std::move(made), look.stroke.color, place));
}

Result<> P21Painter::area(const Instance& area, const Look& look, const cad::Matrix& place) {
    cad::Path path;
    for (const Value& boundary : area.attribute("ANNOTATION_FILL_AREA", 0).items) {
        cad::Path one = TRY(m_curves.curve(boundary.reference));
        if (!one.is_empty()) one.close();
        path.add(one.moved(place));
    }
    if (path.is_empty()) return {};
    cad::Box box;
    for (const cad::Point& point : path.points) box.add(point);
    for (const Value& reference : look.fill.attribute("FILL_AREA_STYLE", 0).items) {
        const Instance style = TRY(m_instances.read(reference.reference));
        if (style.is("FILL_AREA_STYLE_COLOUR")) {
            TRY(m_sheet.fill(path, TRY(m_curves.color(style.attribute("FILL_AREA_STYLE_COLOUR", 0)))));
        } else if (style.is("FILL_AREA_STYLE_HATCHING")) {
            TRY(m_sheet.begin_clip(path));
            TRY(hatch(style, box, place));
            m_sheet.end_clip();
        } else if (!style.is("EXTERNALLY_DEFINED_HATCH_STYLE") ||
                   style.attribute("EXTERNALLY_DEFINED_HATCH_STYLE", 0, 0).items.empty() ||
                   style.attribute("EXTERNALLY_DEFINED_HATCH_STYLE", 0, 0).items[0].text != "Area_control") {
            m_sheet.lacks = true;
            TRY(m_sheet.line(path, {}));
        }
    }
    return {};
}

// How its lines look, how far one is from the next, two points on one of them, their angle.
Result<> P21Painter::hatch(const Instance& hatching, const cad::Box& box, const cad::Matrix& place) {
    constexpr std::string_view entity = "FILL_AREA_STYLE_HATCHING";
    const Instance style = TRY(m_instances.read(hatching.attribute(entity, 0).reference));
    const cad::Stroke look = TRY(m_curves.stroke(style));
    const Instance repeat = TRY(m_instances.read(hatching.attribute(entity, 1).reference));
    const Instance vector = TRY(m_instances.read(repeat.attribute("ONE_DIRECTION_REPEAT_FACTOR", 0).reference));
    const cad::Point across = TRY(m_curves.direction(vector.attribute("VECTOR", 0)));
    const double distance = vector.attribute("VECTOR", 1).real(), angle = hatching.attribute(entity, 4).real();
    const cad::Point along{std::cos(angle), std::sin(angle)};
    const double size = length(across);
    const double spacing = size > 0 ? distance * (along.x * across.y - along.y * across.x) / size : 0;
    const cad::Point start = TRY(m_curves.point(hatching.attribute(entity, 2)));
    const cad::Point turned = place.direction(along);
    cad::Path lines;
    if (spacing != 0 &&
        cad::hatch_lines(lines, box, place.of(start), spacing * place.scale(), std::atan2(turned.y, turned.x)))
        return m_sheet.line(std::move(lines), look);
    m_sheet.lacks = true;
    return {};
}

} // namespace sekisho::sxf
