// What SXF defines once for all drawings (SXF Ver. 3.1, feature specification): colours, line types, widths, symbols.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "sanitizer/formats/cad_sheet/sheet.h"

namespace sekisho::sxf {

// Codes of what a drawing defines itself follow from here on.
inline constexpr std::int64_t first_own_color = 17, first_own_line_type = 17, first_own_width = 11;

std::optional<cad::Color> predefined_color(std::int64_t code);
std::optional<cad::Color> predefined_color(std::string_view name);
// Lines and gaps in millimetres.
std::vector<double> predefined_line_type(std::int64_t code);
std::vector<double> predefined_line_type(std::string_view name);
std::optional<double> predefined_width(std::int64_t code);
bool is_predefined_width(double width);

// Its lines and areas around (0, 0), as large as at the scale 1, in millimetres.
struct Symbol {
    cad::Path lines, areas;
};
std::int64_t marker_code(std::string_view name);
std::int64_t arrow_code(std::string_view name);
Symbol marker(std::int64_t code);
Symbol arrow(std::int64_t code); // its tip is at (0, 0), and it points along x

// A text by its base point: 1 to 9, lower left, lower middle, ..., upper right.
struct Words {
    std::string utf8;
    cad::Point at;
    double height = 0, width = 0; // of the box
    double angle = 0, slant = 0;  // radians
    std::int64_t base = 1;
    bool vertical = false;
};
cad::Text text_of(Words words, cad::Color color, const cad::Matrix& place);

} // namespace sekisho::sxf
