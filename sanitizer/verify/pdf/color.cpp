// Colour spaces (8.6): a name or an array whose first item says what follows.
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/pdf/payload.h"

namespace sekisho::verify {

namespace {

using namespace rule;

constexpr std::uint64_t largest_palette = 256ULL * 32;

constexpr Key profile_keys[] = {
    {"N", integer(1, 4), true},
    {"Alternate", as(color_space_rule)},
    {"Range", numbers(2, 8)},
};
constexpr Grammar profile_grammar{"color profile", profile_keys, true, profile_payload};
constexpr Key calibrated_keys[] = {
    {"WhitePoint", numbers(3, 3), true},
    {"BlackPoint", numbers(3, 3)},
    {"Gamma", number()},
};
constexpr Grammar calibrated_gray_grammar{"calibrated gray", calibrated_keys};
constexpr Key calibrated_rgb_keys[] = {
    {"WhitePoint", numbers(3, 3), true},
    {"BlackPoint", numbers(3, 3)},
    {"Gamma", numbers(3, 3)},
    {"Matrix", numbers(9, 9)},
};
constexpr Grammar calibrated_rgb_grammar{"calibrated RGB", calibrated_rgb_keys};
constexpr Key lab_keys[] = {
    {"WhitePoint", numbers(3, 3), true},
    {"BlackPoint", numbers(3, 3)},
    {"Range", numbers(4, 4)},
};
constexpr Grammar lab_grammar{"Lab", lab_keys};

Result<> palette_payload(Walk& walk, const Object& stream) {
    TRY(walk.decode(stream, largest_palette));
    return {};
}
constexpr Grammar palette_grammar{"palette", {}, true, palette_payload};
constexpr Rule palette_options[] = {text(), node(palette_grammar)};
constexpr Rule palette = either(palette_options);
constexpr Rule colorant = name();
constexpr Rule colorants = array(colorant, 1, 32);

Result<> check_array(Walk& walk, const Object& array, std::string_view family) {
    static constexpr Rule profile = node(profile_grammar);
    static constexpr Rule gray = node(calibrated_gray_grammar);
    static constexpr Rule rgb = node(calibrated_rgb_grammar);
    static constexpr Rule lab = node(lab_grammar);
    static constexpr Rule highest = integer(0, 255);
    const int count = array.arrayGetLength();
    if (count == 1) {
        if (family == "DeviceGray" || family == "DeviceRGB" || family == "DeviceCMYK" || family == "Pattern") return {};
    } else if (count == 2) {
        const Object& second = array.arrayGetNF(1);
        if (family == "ICCBased") return walk.value(second, profile);
        if (family == "CalGray") return walk.value(second, gray);
        if (family == "CalRGB") return walk.value(second, rgb);
        if (family == "Lab") return walk.value(second, lab);
        if (family == "Pattern") return walk.value(second, color_space_rule);
    } else if (count == 4) {
        if (family == "Indexed") {
            TRY(walk.value(array.arrayGetNF(1), color_space_rule));
            TRY(walk.value(array.arrayGetNF(2), highest));
            return walk.value(array.arrayGetNF(3), palette);
        }
        if (family == "Separation" || family == "DeviceN") {
            TRY(walk.value(array.arrayGetNF(1), family == "DeviceN" ? colorants : colorant));
            TRY(walk.value(array.arrayGetNF(2), color_space_rule));
            return walk.value(array.arrayGetNF(3), function_rule);
        }
    }
    return walk.no(Reason::verify_pdf_value);
}

Result<> check_color_space(Walk& walk, const Object& value) {
    static constexpr Rule device = name("DeviceGray DeviceRGB DeviceCMYK Pattern");
    if (value.isName()) return walk.value(value, device);
    if (!value.isArray() || value.arrayGetLength() == 0 || !value.arrayGetNF(0).isName())
        return walk.no(Reason::verify_pdf_value);
    return check_array(walk, value, name_of(value.arrayGetNF(0)));
}

int device_components(std::string_view name) {
    if (name == "DeviceGray" || name == "CalGray" || name == "Separation" || name == "Indexed") return 1;
    if (name == "DeviceRGB" || name == "CalRGB" || name == "Lab") return 3;
    return name == "DeviceCMYK" ? 4 : 0;
}

} // namespace

const Rule color_profile_rule = node(profile_grammar);
const Rule color_space_rule = check(check_color_space);

Result<int> color_components(Walk& walk, const Object& raw) {
    const Object value = TRY(walk.resolve(raw));
    if (value.isName()) return device_components(name_of(value));
    if (!value.isArray() || value.arrayGetLength() == 0 || !value.arrayGetNF(0).isName()) return 0;
    const std::string_view family = name_of(value.arrayGetNF(0));
    if (value.arrayGetLength() < 2) return device_components(family);
    const Object second = TRY(walk.resolve(value.arrayGetNF(1)));
    if (family == "DeviceN") return second.isArray() ? second.arrayGetLength() : 0;
    if (family != "ICCBased") return device_components(family);
    if (!second.isStream()) return 0;
    const Object count = TRY(walk.lookup(second, "N"));
    return count.isInt() ? count.getInt() : 0;
}

} // namespace sekisho::verify
