#include "sanitizer/formats/html/style_lists.h"

#include <algorithm>
#include <array>

namespace sekisho::html {

namespace {

using Names = std::string_view;

// A listed name also allows its longer forms: "border" allows "border-left-color".
constexpr std::array stems{Names("align"),   Names("border"),       Names("column"),     Names("flex"),
                           Names("font"),    Names("grid"),         Names("justify"),    Names("list-style"),
                           Names("margin"),  Names("object-fit"),   Names("outline"),    Names("overflow"),
                           Names("padding"), Names("page-break"),   Names("ruby"),       Names("text"),
                           Names("word"),    Names("writing-mode"), Names("background"), Names("break"),
                           Names("gap")};

constexpr std::array properties{
    Names("aspect-ratio"),   Names("bottom"),       Names("box-shadow"),     Names("box-sizing"),
    Names("caption-side"),   Names("clear"),        Names("color"),          Names("direction"),
    Names("display"),        Names("empty-cells"),  Names("float"),          Names("height"),
    Names("hyphens"),        Names("left"),         Names("letter-spacing"), Names("line-break"),
    Names("line-height"),    Names("max-height"),   Names("max-width"),      Names("min-height"),
    Names("min-width"),      Names("opacity"),      Names("order"),          Names("orphans"),
    Names("position"),       Names("quotes"),       Names("right"),          Names("row-gap"),
    Names("size"),           Names("tab-size"),     Names("table-layout"),   Names("top"),
    Names("vertical-align"), Names("visibility"),   Names("white-space"),    Names("widows"),
    Names("width"),          Names("z-index"),      Names("zoom"),           Names("line-height-step"),
    Names("place-items"),    Names("place-content")};

constexpr std::array functions{Names("rgb"),
                               Names("rgba"),
                               Names("hsl"),
                               Names("hsla"),
                               Names("calc"),
                               Names("min"),
                               Names("max"),
                               Names("clamp"),
                               Names("minmax"),
                               Names("repeat"),
                               Names("rect"),
                               Names("linear-gradient"),
                               Names("radial-gradient"),
                               Names("fit-content")};

} // namespace

bool is_property(std::string_view name) {
    if (std::ranges::find(properties, name) != properties.end()) return true;
    return std::ranges::any_of(stems, [&](Names stem) {
        return name == stem || (name.starts_with(stem) && (stem.ends_with('-') || name[stem.size()] == '-'));
    });
}

bool is_function(std::string_view name) {
    return std::ranges::find(functions, name) != functions.end();
}

} // namespace sekisho::html
