// An SFC drawing read as a whole: its tables, and which features make which figure.
#pragma once

#include <string>
#include <unordered_map>

#include "sanitizer/core/budget.h"
#include "sanitizer/formats/sxf/feature.h"
#include "sanitizer/formats/sxf_draw/tables.h"

namespace sekisho::sxf {

// The parameters of a feature, by their place.
class Values {
public:
    Result<> read(std::string_view parameters);
    std::string_view text(std::size_t at) const;
    double real(std::size_t at) const;
    std::int64_t whole(std::size_t at) const;
    std::vector<double> reals(std::size_t at) const; // of a list
    cad::Point point(std::size_t at) const { return {real(at), real(at + 1)}; }
    std::vector<cad::Point> points(std::size_t at) const; // of two lists
    std::size_t count() const { return m_parameters.size(); }

private:
    std::vector<Parameter> m_parameters;
};

// A curve around an area, or a figure; made of what stands before it and is no part of another one.
struct Assembly {
    std::vector<std::string_view> parts; // features
    std::int64_t color = 0, line_type = 0, width = 0, flag = 0;
    bool is_curve = false;
};

struct SfcDrawing {
    std::vector<bool> layers; // shown; the first has the code 1
    std::unordered_map<std::int64_t, cad::Color> colors;
    std::unordered_map<std::int64_t, std::vector<double>> line_types;
    std::unordered_map<std::int64_t, double> widths;
    std::vector<Assembly> assemblies;
    std::unordered_map<std::string_view, std::size_t> figures; // by name
    std::vector<std::size_t> curves;                           // the assemblies that are curves
    std::vector<std::string_view> loose;                       // on the sheet itself
    double width = 0, height = 0;                              // of the sheet; 0: not said

    // The curve that a hatching calls so: drawings count all assemblies, or the curves alone.
    const Assembly* curve(std::int64_t code) const;
    cad::Stroke stroke(std::int64_t color, std::int64_t line_type, std::int64_t width) const;
};

// `file` was written by our own writer and outlives the drawing.
Result<SfcDrawing> read_sfc(std::string_view file, Budget& budget);

} // namespace sekisho::sxf
