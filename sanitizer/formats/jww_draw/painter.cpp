#include "sanitizer/formats/jww_draw/painter.h"

#include <algorithm>

namespace sekisho::jww {

namespace {

constexpr std::uint64_t most_drawn = 2'000'000;
constexpr unsigned deepest = 64;
// Auxiliary lines and colours help while drawing; they are not printed.
constexpr std::uint8_t auxiliary_style = 9;
constexpr std::uint16_t auxiliary_color = 9, own_color = 10, first_more_color = 100;
constexpr std::uint8_t first_round = 101, first_ring = 105, rim = 111; // kinds of a solid
constexpr double thinnest = 0.1;

// The line types 2 to 8; 16 to 19 are some of them twice as long. Millimetres.
std::vector<double> dashes_of(std::uint8_t style) {
    switch (style) {
    case 2:
        return {1.25, 1.25};
    case 3:
        return {2.5, 1.25};
    case 4:
        return {3.75, 1.25};
    case 5:
        return {10, 1.25, 1.25, 1.25};
    case 6:
        return {15, 1.5, 2.5, 1.5};
    case 7:
        return {10, 1.25, 1.25, 1.25, 1.25, 1.25};
    case 8:
        return {15, 1.5, 2.5, 1.5, 2.5, 1.5};
    case 16:
    case 17:
    case 18:
    case 19: {
        std::vector<double> dashes = dashes_of(static_cast<std::uint8_t>(style - 11));
        for (double& dash : dashes) dash *= 2;
        return dashes;
    }
    default:
        return {};
    }
}

cad::Color of_windows(std::uint32_t color) {
    return {static_cast<std::uint8_t>(color), static_cast<std::uint8_t>(color >> 8),
            static_cast<std::uint8_t>(color >> 16)};
}

} // namespace

bool Painter::is_shown(const Element& element) const {
    const bool helps = element.style == auxiliary_style || element.color == auxiliary_color;
    const bool known = element.group < 16 && element.layer < 16;
    return !helps && (!known || m_drawing.shown[element.group][element.layer]);
}

cad::Color Painter::color_of(const Element& element) const {
    if (element.kind == Kind::solid && element.color == own_color) return of_windows(element.number);
    if (element.color < m_drawing.pens.size()) return of_windows(m_drawing.pens[element.color].color);
    const std::size_t more = element.color - std::size_t{first_more_color};
    return more < m_drawing.more_colors.size() ? of_windows(m_drawing.more_colors[more]) : cad::Color{};
}

cad::Stroke Painter::stroke_of(const Element& element) const {
    cad::Stroke made;
    made.color = color_of(element);
    made.dashes = dashes_of(element.style);
    const double pen = element.color < m_drawing.pens.size() ? m_drawing.pens[element.color].width : 0;
    made.width = std::max(element.width > 0 ? element.width / 100.0 : pen, thinnest);
    return made;
}

Result<> Painter::draw(std::span<const Stored> elements, const cad::Matrix& place, unsigned depth) {
    if (depth > deepest) return refuse(Reason::cad_nesting);
    for (const Stored& stored : elements) {
        TRY(m_context.budget().check_time());
        if (++m_drawn > most_drawn) return refuse(Reason::limit_members);
        const Element element = TRY(m_drawing.read(stored));
        TRY(one(element, place, depth));
    }
    return {};
}

Result<> Painter::one(const Element& element, const cad::Matrix& place, unsigned depth) {
    const bool by_itself = element.kind != Kind::insert && element.kind != Kind::dimension;
    if (by_itself && !is_shown(element)) {
        m_sheet.hides = true;
        return {};
    }
    switch (element.kind) {
    case Kind::line:
        return line(element, place);
    case Kind::arc:
        return arc(element, place);
    case Kind::point:
        return point(element, place);
    case Kind::words:
        return words(element, place);
    case Kind::solid:
        return element.style >= first_round ? round_solid(element, place) : solid(element, place);
    case Kind::insert:
        return insert(element, place, depth);
    case Kind::dimension:
        for (const Element& part : element.parts) TRY(one(part, place, depth));
        return {};
    }
    return {};
}

Result<> Painter::line(const Element& element, const cad::Matrix& place) {
    cad::Path path;
    path.polygon({element.point(0), element.point(2)}, false);
    return m_sheet.line(path.moved(place), stroke_of(element));
}

// Centre, radius, start, sweep and tilt in radians, flatness; and whether it is whole.
Result<> Painter::arc(const Element& element, const cad::Matrix& place) {
    const double radius = element.reals[2], flatness = element.reals[6];
    const cad::Matrix own = cad::shift(element.point(0)) * cad::turn(element.reals[5]) *
                            cad::stretch(radius, radius * (flatness > 0 ? flatness : 1));
    cad::Path path;
    if (element.number != 0)
        cad::add_arc(path, place * own, 0, 2 * cad::pi);
    else
        cad::add_arc(path, place * own, element.reals[3], element.reals[4]);
    return m_sheet.line(std::move(path), stroke_of(element));
}

Result<> Painter::point(const Element& element, const cad::Matrix& place) {
    if (element.number != 0) { // a temporary one, which is not printed
        m_sheet.hides = true;
        return {};
    }
    cad::Path dot;
    dot.polygon({element.point(0), element.point(0)}, false);
    cad::Stroke look = stroke_of(element);
    look.dashes.clear();
    look.width = std::max(look.width, 0.3);
    return m_sheet.line(dot.moved(place), look);
}

// Where it begins and ends, the width, height and spacing of a character, the angle in degrees.
Result<> Painter::words(const Element& element, const cad::Matrix& place) {
    constexpr double below = 0.12; // the base line of a Japanese font, above the bottom of its square
    constexpr std::uint32_t slanted = 10'000, bold = 20'000;
    cad::Text made;
    made.utf8 = element.utf8;
    made.color = color_of(element);
    made.size = element.reals[5];
    made.width = length(element.point(2) - element.point(0));
    made.rise = below * made.size;
    if (element.number >= slanted && element.number % bold >= slanted) made.slant = cad::radians(15);
    made.place = place * cad::shift(element.point(0)) * cad::turn(cad::radians(element.reals[7]));
    return m_sheet.write(std::move(made));
}

// The first corner, the fourth, the second and the third.
Result<> Painter::solid(const Element& element, const cad::Matrix& place) {
    cad::Path path;
    path.polygon({element.point(0), element.point(4), element.point(6), element.point(2)}, true);
    return m_sheet.fill(path.moved(place), color_of(element));
}

// The same numbers as centre, radius, flatness, tilt, start, sweep, and what it is: of a ring the inner radius; else
// 100: whole, 0: up to the centre, 5: up to its chord, -1: outside of the arc.
Result<> Painter::round_solid(const Element& element, const cad::Matrix& place) {
    constexpr double whole = 100, up_to_center = 0, outside = -1;
    const auto [x, y, radius, flat, tilt, start, sweep, what] = element.reals;
    const double flatness = flat > 0 ? flat : 1;
    const cad::Matrix own = place * cad::shift({x, y}) * cad::turn(tilt) * cad::stretch(1, flatness);
    const cad::Matrix outer = own * cad::stretch(radius, radius);
    cad::Path path;
    if (element.style >= first_ring && element.style < rim) {
        const double turned = sweep == 0 ? 2 * cad::pi : sweep;
        cad::add_arc(path, outer, start, turned);
        cad::Path inner;
        cad::add_arc(inner, own * cad::stretch(what, what), start + turned, -turned);
        std::fabs(turned) < 2 * cad::pi - 1e-9 ? path.join(inner) : path.add(inner);
        path.close();
        return m_sheet.fill(std::move(path), color_of(element));
    }
    if (what == whole)
        cad::add_arc(path, outer, 0, 2 * cad::pi);
    else
        cad::add_arc(path, outer, start, sweep);
    if (element.style == rim) return m_sheet.line(std::move(path), stroke_of(element));
    if (what == up_to_center) path.line(outer.of({0, 0}));
    if (what == outside && std::fabs(sweep) < cad::pi) { // where the tangents of its ends meet
        const double middle = start + sweep / 2, far = 1 / std::cos(sweep / 2);
        path.line(outer.of({far * std::cos(middle), far * std::sin(middle)}));
    }
    path.close();
    return m_sheet.fill(std::move(path), color_of(element));
}

// Its place, two scales, the angle in radians, and the number of the block.
Result<> Painter::insert(const Element& element, const cad::Matrix& place, unsigned depth) {
    const auto block = m_drawing.blocks.find(element.number);
    if (block == m_drawing.blocks.end()) {
        m_sheet.lacks = true;
        return {};
    }
    const cad::Matrix own =
        cad::shift(element.point(0)) * cad::turn(element.reals[4]) * cad::stretch(element.reals[2], element.reals[3]);
    return draw(block->second, place * own, depth + 1);
}

} // namespace sekisho::jww
