// The geometry of a P21 drawing (ISO 10303-42), and how it looks (ISO 10303-46).
#pragma once

#include <unordered_map>

#include "sanitizer/formats/cad_sheet/sheet.h"
#include "sanitizer/formats/sxf_draw/instances.h"

namespace sekisho::sxf {

class P21Curves {
public:
    explicit P21Curves(const Instances& instances) : m_instances(instances) {}

    Result<cad::Point> point(const Value& reference) const;
    Result<cad::Point> direction(const Value& reference) const;
    // Of an AXIS2_PLACEMENT_2D, from its own axes.
    Result<cad::Matrix> placement(const Value& reference) const;
    // Empty for what is no curve that can be drawn.
    Result<cad::Path> curve(std::uint64_t number, unsigned depth = 0) const;

    Result<cad::Color> color(const Value& reference) const;
    // Of a CURVE_STYLE.
    Result<cad::Stroke> stroke(const Instance& style) const;
    // LENGTH_MEASURE(1.0), or an instance that is one.
    Result<double> measure(const Value& value) const;

private:
    Result<std::vector<cad::Point>> points(const Value& list) const;
    Result<std::vector<double>> dashes(const Value& reference) const;
    Result<cad::Path> trimmed(const Instance& curve) const;
    Result<cad::Path> spline(const Instance& curve) const;
    Result<cad::Path> bezier(const Instance& curve) const;
    Result<cad::Path> composite(const Instance& curve, unsigned depth) const;
    Result<cad::Matrix> conic(const Instance& curve) const;

    const Instances& m_instances;
};

} // namespace sekisho::sxf
