#include "sanitizer/formats/image/icc.h"

#include <algorithm>
#include <cmath>

namespace sekisho::image {

namespace {

constexpr std::size_t largest_profile = 1U << 20; // matrix profiles are a few KB
constexpr std::uint32_t most_tags = 100;
constexpr std::uint32_t most_table_values = 4096;
constexpr std::array<std::size_t, 5> parameters_of = {1, 3, 4, 5, 7}; // of a parametric curve's function
constexpr double one = 65536.0;                                       // s15Fixed16

// The content of a tag, or empty.
View tag(View profile, std::string_view signature) {
    ByteReader reader(profile);
    if (!reader.seek(128)) return {};
    const auto count = reader.u32be();
    if (!count || *count > most_tags) return {};
    for (std::uint32_t i = 0; i < *count; ++i) {
        const auto entry = reader.bytes(12);
        if (!entry) return {};
        if (as_text(entry->first(4)) != signature) continue;
        ByteReader fields(entry->subspan(4));
        const std::size_t offset = *fields.u32be();
        const std::size_t size = *fields.u32be();
        if (offset > profile.size() || size > profile.size() - offset) return {};
        return profile.subspan(offset, size);
    }
    return {};
}

// `count` signed numbers behind the type and its four reserved bytes.
template <std::size_t count>
std::optional<std::array<std::int32_t, count>> numbers(View content, std::string_view type) {
    if (!starts_with(content, type) || content.size() < 8 + 4 * count) return std::nullopt;
    ByteReader reader(content.subspan(8));
    std::array<std::int32_t, count> values{};
    for (std::int32_t& value : values) value = static_cast<std::int32_t>(*reader.u32be());
    return values;
}

// Colours between -2 and 2: outside of that no real device lies.
template <typename Numbers> bool sensible(const Numbers& numbers) {
    return std::ranges::all_of(numbers, [](std::int32_t value) { return std::abs(value / one) <= 2.0; });
}

std::optional<Curve> parse_table(View content) {
    ByteReader reader(content);
    if (!reader.skip(8)) return std::nullopt;
    const auto count = reader.u32be();
    if (!count || *count > most_table_values) return std::nullopt;
    Curve curve;
    for (std::uint32_t i = 0; i < *count; ++i) {
        const auto value = reader.u16be();
        if (!value) return std::nullopt;
        curve.values.push_back(*value);
    }
    if (*count == 0) curve.values.push_back(256); // the identity is gamma 1.0
    if (curve.values.size() == 1 && curve.values[0] == 0) return std::nullopt;
    return curve;
}

std::optional<Curve> parse_parametric(View content) {
    ByteReader reader(content);
    if (!reader.skip(8)) return std::nullopt;
    const auto function = reader.u16be();
    if (!function || *function >= parameters_of.size() || !reader.skip(2)) return std::nullopt;
    Curve curve;
    curve.parametric = true;
    curve.function = *function;
    for (std::size_t i = 0; i < parameters_of[*function]; ++i) {
        const auto value = reader.u32be();
        if (!value) return std::nullopt;
        curve.values.push_back(static_cast<std::int32_t>(*value));
        if (std::abs(curve.values.back() / one) > 100.0) return std::nullopt;
    }
    if (curve.values[0] <= 0) return std::nullopt;
    return curve;
}

std::optional<Curve> parse_curve(View content) {
    auto curve = starts_with(content, "para")   ? parse_parametric(content)
                 : starts_with(content, "curv") ? parse_table(content)
                                                : std::nullopt;
    if (!curve) return std::nullopt;
    for (const double x : {0.0, 0.25, 0.5, 1.0}) {
        const double y = curve->at(x);
        if (!(y >= -0.1 && y <= 1.1)) return std::nullopt;
    }
    return curve;
}

bool parse_colorants(View view, Profile& profile) {
    static constexpr std::array<std::string_view, 3> places = {"rXYZ", "gXYZ", "bXYZ"};
    static constexpr std::array<std::string_view, 3> curves = {"rTRC", "gTRC", "bTRC"};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto place = numbers<3>(tag(view, places[i]), "XYZ ");
        auto curve = parse_curve(tag(view, curves[i]));
        if (!place || !sensible(*place) || !curve) return false;
        profile.colorants[i] = *place;
        profile.curves[i] = std::move(*curve);
    }
    return true;
}

bool is_display_like(View view) {
    const std::string_view device = as_text(view.subspan(12, 4));
    return (device == "mntr" || device == "scnr" || device == "spac" || device == "prtr") &&
           as_text(view.subspan(20, 4)) == "XYZ " && as_text(view.subspan(36, 4)) == "acsp";
}

} // namespace

double Curve::at(double x) const {
    if (parametric) {
        const auto value = [&](std::size_t index) { return values[index] / one; };
        const double g = value(0);
        const auto power = [&](double base) { return std::pow(std::max(base, 0.0), g); };
        switch (function) {
        case 0:
            return power(x);
        case 1:
            return value(1) * x + value(2) >= 0 ? power(value(1) * x + value(2)) : 0.0;
        case 2:
            return (value(1) * x + value(2) >= 0 ? power(value(1) * x + value(2)) : 0.0) + value(3);
        case 3:
            return x >= value(4) ? power(value(1) * x + value(2)) : value(3) * x;
        default:
            return x >= value(4) ? power(value(1) * x + value(2)) + value(5) : value(3) * x + value(6);
        }
    }
    if (values.size() == 1) return std::pow(x, values[0] / 256.0);
    const double place = x * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    const double part = place - static_cast<double>(below);
    return (values[below] * (1 - part) + values[above] * part) / 65535.0;
}

std::optional<Profile> parse_profile(View view) {
    if (view.size() < 132 || view.size() > largest_profile || !is_display_like(view)) return std::nullopt;
    Profile profile;
    profile.version = view[8] >= 4 ? 4 : 2;
    const auto white = numbers<3>(tag(view, "wtpt"), "XYZ ");
    if (!white || !sensible(*white)) return std::nullopt;
    profile.white = *white;
    if (const auto adaptation = numbers<9>(tag(view, "chad"), "sf32"); adaptation && sensible(*adaptation))
        profile.adaptation = adaptation;
    if (as_text(view.subspan(16, 4)) == "GRAY") {
        profile.grey = true;
        auto curve = parse_curve(tag(view, "kTRC"));
        if (!curve) return std::nullopt;
        profile.curves[0] = std::move(*curve);
    } else if (as_text(view.subspan(16, 4)) != "RGB " || !parse_colorants(view, profile)) {
        return std::nullopt;
    }
    const bool any_parametric = std::ranges::any_of(profile.curves, [](const Curve& c) { return c.parametric; });
    if (any_parametric) profile.version = 4; // version 2 has no such curves
    return profile;
}

bool is_srgb(const Profile& profile) {
    // IEC 61966-2-1, adapted to D50.
    constexpr std::array<std::array<double, 3>, 3> primaries = {
        {{0.4360, 0.2225, 0.0139}, {0.3851, 0.7169, 0.0971}, {0.1431, 0.0606, 0.7141}}};
    for (std::size_t i = 0; i < (profile.grey ? 0U : 3U); ++i)
        for (std::size_t j = 0; j < 3; ++j)
            if (std::abs(profile.colorants[i][j] / one - primaries[i][j]) > 0.004) return false;
    for (std::size_t i = 0; i < (profile.grey ? 1U : 3U); ++i)
        for (const double x : {0.02, 0.1, 0.25, 0.5, 0.75, 0.9}) {
            const double expected = x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
            if (std::abs(profile.curves[i].at(x) - expected) > 0.004) return false;
        }
    return true;
}

} // namespace sekisho::image
