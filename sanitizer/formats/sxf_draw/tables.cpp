#include "sanitizer/formats/sxf_draw/tables.h"

#include <algorithm>
#include <array>

namespace sekisho::sxf {

namespace {

struct NamedColor {
    std::string_view name;
    std::uint32_t rgb;
};
constexpr std::array colors{
    NamedColor{"black", 0x000000},     NamedColor{"red", 0xFF0000},      NamedColor{"green", 0x00FF00},
    NamedColor{"blue", 0x0000FF},      NamedColor{"yellow", 0xFFFF00},   NamedColor{"magenta", 0xFF00FF},
    NamedColor{"cyan", 0x00FFFF},      NamedColor{"white", 0xFFFFFF},    NamedColor{"deeppink", 0xC00080},
    NamedColor{"brown", 0xC08040},     NamedColor{"orange", 0xFF8000},   NamedColor{"lightgreen", 0x80C080},
    NamedColor{"lightblue", 0x0080FF}, NamedColor{"lavender", 0x8040FF}, NamedColor{"lightgray", 0xC0C0C0},
    NamedColor{"darkgray", 0x808080}};

// Dashes (d), long dashes (l), short ones of a chain (s) and dots (.); between them a gap.
struct LineType {
    std::string_view name, pattern;
    double gap;
};
constexpr std::array line_types{LineType{"continuous", "", 0},
                                LineType{"dashed", "d", 1.5},
                                LineType{"dashed spaced", "d", 6},
                                LineType{"long dashed dotted", "l.", 1.5},
                                LineType{"long dashed double-dotted", "l..", 1.5},
                                LineType{"long dashed triplicate-dotted", "l...", 1.5},
                                LineType{"dotted", ".", 1.5},
                                LineType{"chain", "ls", 1.5},
                                LineType{"chain double dash", "lss", 1.5},
                                LineType{"dashed dotted", "d.", 1.5},
                                LineType{"double-dashed dotted", "dd.", 1.5},
                                LineType{"dashed double-dotted", "d..", 1.5},
                                LineType{"double-dashed double-dotted", "dd..", 1.5},
                                LineType{"dashed triplicate-dotted", "d...", 1.5},
                                LineType{"double-dashed triplicate-dotted", "dd...", 1.5}};

constexpr std::array widths{0.13, 0.18, 0.25, 0.35, 0.5, 0.7, 1.0, 1.4, 2.0};
constexpr std::array<std::string_view, 7> markers{"asterisk", "circle", "dot", "plus", "square", "triangle", "x"};
constexpr std::array<std::string_view, 11> arrows{"blanked arrow", "blanked box",  "blanked dot",   "dimension origin",
                                                  "filled box",    "filled arrow", "filled dot",    "integral symbol",
                                                  "open arrow",    "slash",        "unfilled arrow"};
constexpr double symbol_size = 3; // millimetres

template <typename Row> const Row* row_of(std::span<const Row> rows, std::int64_t code) {
    return code >= 1 && code <= static_cast<std::int64_t>(rows.size()) ? &rows[static_cast<std::size_t>(code - 1)]
                                                                       : nullptr;
}
template <std::size_t count>
std::int64_t code_of(const std::array<std::string_view, count>& names, std::string_view name) {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? 0 : found - names.begin() + 1;
}

std::vector<double> dashes_of(const LineType& type) {
    std::vector<double> dashes;
    for (const char part : type.pattern) {
        dashes.push_back(part == 'd' ? 6 : part == 'l' ? 12 : part == 's' ? 3.5 : 0.25);
        dashes.push_back(type.gap);
    }
    return dashes;
}

constexpr double half = symbol_size / 2;

void add_circle(cad::Path& path, double radius) {
    cad::add_arc(path, cad::circle({}, radius), 0, 2 * cad::pi);
}
void add_box(cad::Path& path, double side) {
    path.polygon({{-side, -side}, {side, -side}, {side, side}, {-side, side}}, true);
}
void add_cross(cad::Path& path, double turned) {
    for (const double angle : {turned, turned + cad::pi / 2}) {
        const cad::Point end{half * std::cos(angle), half * std::sin(angle)};
        path.polygon({end, -1 * end}, false);
    }
}
void add_head(cad::Path& path, bool closed) {
    path.polygon({{-symbol_size, symbol_size / 6}, {0, 0}, {-symbol_size, -symbol_size / 6}}, closed);
}

} // namespace

std::optional<cad::Color> predefined_color(std::int64_t code) {
    const auto* const row = row_of(std::span<const NamedColor>(colors), code);
    return row ? std::optional(cad::color_of(row->rgb)) : std::nullopt;
}

std::optional<cad::Color> predefined_color(std::string_view name) {
    const auto found = std::ranges::find(colors, name, &NamedColor::name);
    return found == colors.end() ? std::nullopt : std::optional(cad::color_of(found->rgb));
}

std::vector<double> predefined_line_type(std::int64_t code) {
    const auto* const row = row_of(std::span<const LineType>(line_types), code);
    return row ? dashes_of(*row) : std::vector<double>();
}

std::vector<double> predefined_line_type(std::string_view name) {
    const auto found = std::ranges::find(line_types, name, &LineType::name);
    return found == line_types.end() ? std::vector<double>() : dashes_of(*found);
}

std::optional<double> predefined_width(std::int64_t code) {
    const auto* const row = row_of(std::span<const double>(widths), code);
    return row ? std::optional(*row) : std::nullopt;
}

bool is_predefined_width(double width) {
    return std::ranges::any_of(widths, [&](double one) { return std::fabs(one - width) < 1e-6; });
}

std::int64_t marker_code(std::string_view name) {
    return code_of(markers, name);
}
std::int64_t arrow_code(std::string_view name) {
    return code_of(arrows, name);
}

Symbol marker(std::int64_t code) {
    Symbol made;
    switch (code) {
    case 1:
        add_cross(made.lines, 0);
        add_cross(made.lines, cad::pi / 4);
        break;
    case 2:
        add_circle(made.lines, half);
        break;
    case 4:
        add_cross(made.lines, 0);
        break;
    case 5:
        add_box(made.lines, half);
        break;
    case 6:
        made.lines.polygon({{-half, -half}, {half, -half}, {0, half}}, true);
        break;
    case 7:
        add_cross(made.lines, cad::pi / 4);
        break;
    default:
        add_circle(made.areas, symbol_size / 12);
        break;
    }
    return made;
}

Symbol arrow(std::int64_t code) {
    constexpr double small = symbol_size / 6;
    Symbol made;
    switch (code) {
    case 1:
    case 11:
        add_head(made.lines, true);
        break;
    case 2:
        add_box(made.lines, small);
        break;
    case 3:
    case 4:
        add_circle(made.lines, small);
        break;
    case 5:
        add_box(made.areas, small);
        break;
    case 6:
        add_head(made.areas, true);
        break;
    case 7:
        add_circle(made.areas, small);
        break;
    case 8:
        made.lines.move({-small, -half});
        made.lines.curve({half, -half}, {-half, half}, {small, half});
        break;
    case 9:
        add_head(made.lines, false);
        break;
    case 10:
        made.lines.polygon({{-half, -half}, {half, half}}, false);
        break;
    default:
        break;
    }
    return made;
}

cad::Text text_of(Words words, cad::Color color, const cad::Matrix& place) {
    constexpr double below = 0.12; // the base line of a Japanese font, above the bottom of its square
    const std::int64_t base = std::clamp<std::int64_t>(words.base, 1, 9) - 1;
    const double up = static_cast<double>(base / 3) / 2; // what part of the box is below the point
    cad::Text made;
    made.utf8 = std::move(words.utf8);
    made.color = color;
    made.size = words.height;
    made.slant = words.slant;
    made.across = static_cast<double>(base % 3) / 2;
    made.rise = (below - up) * words.height;
    made.vertical = words.vertical;
    if (made.vertical) // the first character stands highest
        made.rise +=
            static_cast<double>((cad::cells_of(made.utf8) + 1) / 2) * (1 - up) * words.height - (1 - up) * words.height;
    else
        made.width = words.width;
    made.place = place * cad::shift(words.at) * cad::turn(words.angle);
    // Where x is north, things are mirrored, but not what is written.
    if (place.determinant() < 0) made.place = made.place * cad::stretch(1, -1);
    return made;
}

} // namespace sekisho::sxf
