// The header of a drawing (jwdatafmt.txt, "JwwDocument"), between the version and the list of entities. d: 32-bit
// number, f: double, s: text; "16d" and "8(fd)" repeat, "[300:...]" is there from that version on, "[<300:...]" before
// it.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error/error.h"

namespace sekisho::jww {

// What is done with each field.
class Fields {
public:
    virtual ~Fields() = default;
    virtual Result<> number() = 0;
    virtual Result<> real() = 0;
    virtual Result<> text() = 0;
};
// Goes through one of the parts below, as a drawing of that version has it.
Result<> visit(std::string_view layout, std::uint32_t version, Fields& fields);

constexpr std::string_view memo = "s";
// Sheet size; per layer group its state, layer, scale, protection and those of its 16 layers.
constexpr std::string_view sheet = "2d16(2dfd16(2d))";
// Dummies, dimensions, widest line; print range, graduation; names of layers and layer groups.
constexpr std::string_view names = "14d7d3f2d5f256s16s";
// Shadow, sky, zoom, marks, text background, parallel lines.
constexpr std::string_view views = "2fdf[300:2f]d6f[300:8(3fd)3fd3fd][<300:4(3f)]10ff";
// Colours and widths on screen and in print, line types, what is drawn first, viewpoints, last sizes, colour of solids.
constexpr std::string_view pens = "10(2d)10(2df)8(4d)5(5d)4(4d)11d5d5f4f2d";
// Colours and line types of SXF; text sizes and base points.
constexpr std::string_view extended = "[420:257(2d)257(s2df)33(4d)33(sd10f)]";
constexpr std::string_view texts = "10(3fd)3f2d2fd6f";

} // namespace sekisho::jww
