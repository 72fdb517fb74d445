#include <algorithm>
#include <array>

#include "sanitizer/formats/dxf_draw/painter.h"

namespace sekisho::dxf {

namespace {

// 7 is the colour that shows on the ground: black on paper.
constexpr std::array<std::uint32_t, 10> first{0x000000, 0xFF0000, 0xFFFF00, 0x00FF00, 0x00FFFF,
                                              0x0000FF, 0xFF00FF, 0x000000, 0x808080, 0xC0C0C0};
constexpr std::array<std::uint32_t, 6> greys{0x333333, 0x505050, 0x696969, 0x828282, 0xBEBEBE, 0xFFFFFF};
// From 10 on, 24 hues of ten each: five strengths, each full and half mixed with white.
constexpr std::array<double, 5> strengths{255, 165, 127, 76, 38};

std::uint8_t channel(double value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0));
}

// How much of red is in a hue of 24: all around the first four, none opposite of them.
double part_of(double hue) {
    const double away = std::fabs(std::remainder(hue, 24));
    return std::clamp(2 - away / 4, 0.0, 1.0);
}

} // namespace

cad::Color color_of_number(std::int64_t number) {
    if (number < 1 || number > 255) return {};
    if (number < 10) return cad::color_of(first[static_cast<std::size_t>(number)]);
    if (number >= 250) return cad::color_of(greys[static_cast<std::size_t>(number - 250)]);
    const double hue = static_cast<double>(number / 10 - 1);
    const double strength = strengths[static_cast<std::size_t>(number % 10 / 2)];
    const double mixed = number % 2 == 1 ? 0.5 : 0; // with white
    const auto value = [&](double at) { return channel(strength * (mixed + (1 - mixed) * part_of(hue - at))); };
    return {value(0), value(8), value(16)};
}

} // namespace sekisho::dxf
