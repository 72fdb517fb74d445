// Colour profiles (ICC.1:2022, and ICC.1:2001-04 for version 2): the plain ones, as values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::image {

struct Curve {
    bool parametric = false;
    std::uint16_t function = 0;       // of a parametric curve: 0..4
    std::vector<std::int32_t> values; // parametric: s15Fixed16; else u8Fixed8 gamma (one) or a table of 16-bit values
    bool operator==(const Curve&) const = default;
    // The curve at `x` in 0..1.
    double at(double x) const;
};

using Xyz = std::array<std::int32_t, 3>; // s15Fixed16

struct Profile {
    bool grey = false;
    std::uint8_t version = 2; // 2 or 4
    Xyz white{};
    std::array<Xyz, 3> colorants{};                        // not for grey
    std::array<Curve, 3> curves;                           // grey: the first
    std::optional<std::array<std::int32_t, 9>> adaptation; // 'chad'
};

// Empty unless the profile is a grey one or a matrix with curves, and its values make sense.
std::optional<Profile> parse_profile(View view);
// Nothing is lost when this profile is left out.
bool is_srgb(const Profile& profile);
// Always the same shape: fixed header, fixed texts, tags in fixed order.
Bytes write_profile(const Profile& profile);

} // namespace sekisho::image
