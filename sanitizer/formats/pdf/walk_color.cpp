// Colour spaces (ISO 32000-1, 8.6).
#include <algorithm>
#include <array>

#include "sanitizer/formats/pdf/spell.h"
#include "sanitizer/formats/pdf/walk.h"

namespace sekisho::pdf {

namespace {

constexpr unsigned deepest = 6;

int device_components(std::string_view name) {
    if (name == "DeviceGray" || name == "G" || name == "CalGray") return 1;
    if (name == "DeviceRGB" || name == "RGB" || name == "CalRGB") return 3;
    if (name == "DeviceCMYK" || name == "CMYK" || name == "CalCMYK") return 4;
    return 0;
}

} // namespace

int Walk::components(const Handle& given, unsigned depth) {
    Handle value = given;
    if (depth > deepest) return 0;
    if (value.isName()) return device_components(name_of(value));
    if (!value.isArray() || value.getArrayNItems() < 1) return 0;
    const std::string family = name_of(value.getArrayItem(0));
    if (const int device = device_components(family)) return device;
    if (family == "Lab") return 3;
    if (family == "Indexed" || family == "I" || family == "Separation") return 1;
    if (value.getArrayNItems() < 2) return 0;
    Handle second = value.getArrayItem(1);
    if (family == "DeviceN") return second.isArray() ? std::min(second.getArrayNItems(), 32) : 0;
    if (family != "ICCBased" || !second.isStream()) return 0;
    Handle count = second.getDict().getKey("/N");
    return count.isInteger() && count.getIntValue() >= 1 && count.getIntValue() <= 4 ? count.getIntValueAsInt() : 0;
}

Result<bool> Walk::put_color_space(std::string& out, const Handle& given, unsigned depth) {
    Handle value = given;
    if (depth > deepest + 12) return false;
    if (value.isName()) {
        put_name(out, name_of(value)); // a device, /Pattern, or a name of the resources
        return true;
    }
    if (!value.isArray() || value.getArrayNItems() < 1) return false;
    const auto items = value.getArrayAsVector();
    const std::string family = name_of(items[0]);
    const std::size_t before = out.size();
    const auto item = [&](std::size_t i) { return i < items.size() ? items[i] : Handle::newNull(); };
    const auto put_all = [&](std::initializer_list<Kind> kinds) -> Result<bool> {
        out += '[';
        put_name(out, family);
        std::size_t i = 1;
        for (const Kind kind : kinds) {
            out += ' ';
            if (!TRY(put(out, kind, item(i++), depth + 1))) return false;
        }
        out += ']';
        return true;
    };
    const auto put_family = [&]() -> Result<bool> {
        if (family == "ICCBased") return put_all({Kind::icc});
        if (family == "CalGray" || family == "CalRGB" || family == "Lab") return put_all({Kind::calibrated});
        // Looked at first: nothing may be written for a colour space that is given up afterwards.
        std::string probe;
        if ((family == "Separation" || family == "DeviceN") && !TRY(put(probe, Kind::function, item(3), depth + 1)))
            return false;
        if (family == "Separation") return put_all({Kind::name, Kind::color_space, Kind::function});
        if (family == "DeviceN") return put_all({Kind::names, Kind::color_space, Kind::function});
        if (family == "Indexed") {
            Handle table = item(3);
            return put_all({Kind::color_space, Kind::integer, table.isStream() ? Kind::lookup : Kind::text});
        }
        if (family == "Pattern" && items.size() > 1) return put_all({Kind::color_space});
        if (family == "Pattern" || device_components(family) != 0) {
            put_name(out, family);
            return true;
        }
        return false;
    };
    if (TRY(put_family())) return true;
    out.resize(before);
    // A colour space that cannot be had any more: what comes nearest by its number of components.
    const int count = components(value);
    if (count != 1 && count != 3 && count != 4) return false;
    put_name(out, count == 1 ? "DeviceGray" : count == 3 ? "DeviceRGB" : "DeviceCMYK");
    return true;
}

} // namespace sekisho::pdf
