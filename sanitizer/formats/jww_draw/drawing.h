// A Jw_cad drawing read as a whole: what its header says of sheet, layers and pens, and where its objects stand.
#pragma once

#include <unordered_map>

#include "sanitizer/formats/cad_sheet/sheet.h"
#include "sanitizer/formats/jww_draw/element.h"

namespace sekisho::jww {

struct Pen {
    std::uint32_t color = 0; // as Windows has it: blue, green, red
    double width = 0;        // millimetres; 0: the thinnest
};

struct Drawing {
    View file;
    std::uint32_t version = 0, size = 3;          // of the sheet: 0 to 4: A0 to A4, and larger ones
    std::array<std::array<bool, 16>, 16> shown{}; // by layer group and layer
    std::array<Pen, 10> pens{};
    std::vector<std::uint32_t> more_colors; // of SXF
    std::vector<Stored> elements;
    std::unordered_map<std::uint32_t, std::vector<Stored>> blocks;

    Result<Element> read(const Stored& stored) const;
};

// `file` was written by our own writer and outlives the drawing.
Result<Drawing> read_drawing(View file, Budget& budget);

} // namespace sekisho::jww
