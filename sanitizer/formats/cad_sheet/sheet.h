// A drawing on its sheet of paper: what the formats fill, and what becomes a page.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sanitizer/core/budget.h"
#include "sanitizer/formats/cad_sheet/path.h"

namespace sekisho::cad {

struct Color {
    std::uint8_t red = 0, green = 0, blue = 0;
    friend bool operator==(const Color&, const Color&) = default;
};
// What is drawn in white is drawn on black by CAD programs, and would not be seen on paper.
Color on_paper(Color color);
inline Color color_of(std::uint32_t rgb) {
    return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8), static_cast<std::uint8_t>(rgb)};
}

struct Stroke {
    Color color;
    double width = 0.13;        // millimetres on the paper; or, if that is more,
    double breadth = 0;         // units of the sheet
    std::vector<double> dashes; // in units of the sheet: line, gap, line, ...; none for a line without gaps
    friend bool operator==(const Stroke&, const Stroke&) = default;
};

struct Text {
    std::string utf8; // one line
    Color color;
    Matrix place;          // to the sheet, of a text that runs along x and stands on y = 0
    double size = 0;       // of the square that a full-width character fills
    double width = 0;      // to which it is stretched; 0: what the font gives it, times `stretch`
    double stretch = 1;    // of the width
    double slant = 0;      // radians, to the right
    double across = 0;     // what part of its width lies left of the place
    double rise = 0;       // how far its base line lies above the place
    bool vertical = false; // its characters stand below each other
};

// Half-width characters that a text takes in a font of one width.
std::size_t cells_of(std::string_view utf8);

struct Line {
    Path path;
    Stroke stroke;
};
struct Area {
    Path path; // filled where it goes around an odd number of times
    Color color;
};
struct Clip {
    Path path; // nothing shows outside of it, up to the end
};
struct ClipEnd {};
using Figure = std::variant<Line, Area, Text, Clip, ClipEnd>;

// Each refuses Reason::limit_members for more than a page can hold.
class Sheet {
public:
    explicit Sheet(Budget& budget) : m_budget(&budget) {}

    double width = 210, height = 297; // of the paper, millimetres
    Matrix to_paper;                  // from units of the sheet to millimetres from the lower left corner
    bool hides = false;               // something is there that a viewer does not show
    bool lacks = false;               // something could not be drawn as it is

    Result<> line(Path path, const Stroke& stroke);
    Result<> fill(Path path, Color color);
    Result<> write(Text text);
    Result<> begin_clip(Path path);
    void end_clip();

    const std::vector<Figure>& figures() const { return m_figures; }
    // Of everything on it.
    const Box& box() const { return m_box; }

private:
    Result<bool> take(const Path& path);

    Budget* m_budget;
    std::vector<Figure> m_figures;
    Box m_box;
    std::size_t m_points = 0, m_texts = 0, m_bytes = 0;
    unsigned m_clips = 0;
};

// Lines of a hatching, each `spacing` from the next, `angle` radians, one of them through `start`, as far as `box`
// goes. False: there would be more than anybody could tell apart.
bool hatch_lines(Path& path, const Box& box, Point start, double spacing, double angle);

} // namespace sekisho::cad
