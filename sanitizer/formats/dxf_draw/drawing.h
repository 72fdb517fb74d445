// What the tables of a drawing say, and where its objects stand.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "sanitizer/core/job.h"
#include "sanitizer/formats/dxf_draw/entity.h"

namespace sekisho::dxf {

struct Layer {
    bool frozen = false, off = false;
    std::int64_t color = 7; // AutoCAD's number
    std::optional<std::int64_t> rgb;
    std::string line_type;
    std::int64_t weight = -3; // hundredths of a millimetre; -3: the program's own
};

struct Style {
    double height = 0, stretch = 1, slant = 0; // 0: any height; slant in degrees
    bool outlines = false;                     // TrueType, else drawn with a pen (SHX)
    bool vertical = false;
};

struct Block {
    cad::Point base;
    std::vector<Stored> objects;
};

// A sheet of paper on which the model is shown.
struct Layout {
    std::string block; // that holds what is on it
    std::int64_t order = 0;
    double width = 0, height = 0, left = 0, bottom = 0; // millimetres; 0: unknown
    double unit = 1;                                    // millimetres
};

struct Drawing {
    // Group of a variable in the header, by name and code.
    std::map<std::pair<std::string, int>, std::string> header;
    // By name, in lower case.
    std::unordered_map<std::string, Layer> layers;
    std::unordered_map<std::string, std::vector<double>> line_types;
    std::unordered_map<std::string, Style> styles;
    std::unordered_map<std::string, Block> blocks;
    std::vector<Layout> layouts;
    std::vector<Stored> entities;

    double variable(const std::string& name, int code, double otherwise) const;
};

// Names of DXF are the same in capitals and small letters.
std::string key_of(std::string_view name);

// `file` was written by our own writer and outlives the drawing.
Result<Drawing> read_drawing(View file, Budget& budget);

} // namespace sekisho::dxf
