// An object of a Jw_cad drawing (jwdatafmt.txt, the Serialize() of each class).
#pragma once

#include <array>
#include <string>
#include <vector>

#include "sanitizer/formats/cad_sheet/geometry.h"
#include "sanitizer/formats/jww/archive.h"

namespace sekisho::jww {

enum class Kind : std::uint8_t { line, arc, point, words, dimension, solid, insert };

struct Element {
    Kind kind = Kind::line;
    std::uint8_t style = 0;
    std::uint16_t color = 0, width = 0, layer = 0, group = 0; // width: hundredths of a millimetre, or 0
    std::array<double, 8> reals{};
    std::uint32_t number = 0; // what it is depends on the class
    std::string utf8;
    std::vector<Element> parts; // of a dimension

    cad::Point point(std::size_t at) const { return {reals[at], reals[at + 1]}; }
};

// Where an object stands in the file.
struct Stored {
    Kind kind;
    std::size_t at;
};

// Refuses Reason::cad_damaged for a class that no drawing has.
Result<Kind> kind_of(const std::string& name);
// Its curve, line type, colour and layer.
Result<Element> read_base(ArchiveReader& in, std::uint32_t version);
// All fields of an object.
Result<Element> read_element(ArchiveReader& in, Kind kind, std::uint32_t version);

} // namespace sekisho::jww
