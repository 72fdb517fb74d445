#include "sanitizer/formats/svg/names.h"

#include <algorithm>
#include <array>

namespace sekisho::svg {

namespace {

using namespace std::string_view_literals;

// Each list is sorted.
constexpr auto containers = std::to_array<std::string_view>({"circle",
                                                             "clipPath",
                                                             "defs",
                                                             "ellipse",
                                                             "feBlend",
                                                             "feColorMatrix",
                                                             "feComponentTransfer",
                                                             "feComposite",
                                                             "feConvolveMatrix",
                                                             "feDiffuseLighting",
                                                             "feDisplacementMap",
                                                             "feDistantLight",
                                                             "feDropShadow",
                                                             "feFlood",
                                                             "feFuncA",
                                                             "feFuncB",
                                                             "feFuncG",
                                                             "feFuncR",
                                                             "feGaussianBlur",
                                                             "feMerge",
                                                             "feMergeNode",
                                                             "feMorphology",
                                                             "feOffset",
                                                             "fePointLight",
                                                             "feSpecularLighting",
                                                             "feSpotLight",
                                                             "feTile",
                                                             "feTurbulence",
                                                             "filter",
                                                             "g",
                                                             "line",
                                                             "linearGradient",
                                                             "marker",
                                                             "mask",
                                                             "path",
                                                             "pattern",
                                                             "polygon",
                                                             "polyline",
                                                             "radialGradient",
                                                             "rect",
                                                             "stop",
                                                             "svg",
                                                             "symbol"});
constexpr auto words = std::to_array<std::string_view>({"text", "textPath", "tspan"});
constexpr auto scripts = std::to_array<std::string_view>({"handler", "listener", "script"});
constexpr auto animations = std::to_array<std::string_view>(
    {"animate", "animateColor", "animateMotion", "animateTransform", "animatetransform", "discard", "mpath", "set"});

// What describes or is a presentation attribute (SVG 1.1 appendix M, SVG 2 chapter 6). Geometry, text, paint, filters.
constexpr auto plain = std::to_array<std::string_view>({"alignment-baseline",
                                                        "amplitude",
                                                        "aria-label",
                                                        "azimuth",
                                                        "baseFrequency",
                                                        "baseProfile",
                                                        "baseline-shift",
                                                        "bias",
                                                        "class",
                                                        "clip",
                                                        "clip-path",
                                                        "clip-rule",
                                                        "clipPathUnits",
                                                        "color",
                                                        "color-interpolation",
                                                        "color-interpolation-filters",
                                                        "color-rendering",
                                                        "cx",
                                                        "cy",
                                                        "d",
                                                        "diffuseConstant",
                                                        "direction",
                                                        "display",
                                                        "divisor",
                                                        "dominant-baseline",
                                                        "dx",
                                                        "dy",
                                                        "edgeMode",
                                                        "elevation",
                                                        "enable-background",
                                                        "exponent",
                                                        "fill",
                                                        "fill-opacity",
                                                        "fill-rule",
                                                        "filter",
                                                        "filterUnits",
                                                        "flood-color",
                                                        "flood-opacity",
                                                        "font",
                                                        "font-family",
                                                        "font-size",
                                                        "font-size-adjust",
                                                        "font-stretch",
                                                        "font-style",
                                                        "font-variant",
                                                        "font-weight",
                                                        "fr",
                                                        "fx",
                                                        "fy",
                                                        "glyph-orientation-horizontal",
                                                        "glyph-orientation-vertical",
                                                        "gradientTransform",
                                                        "gradientUnits",
                                                        "height",
                                                        "id",
                                                        "image-rendering",
                                                        "in",
                                                        "in2",
                                                        "intercept",
                                                        "k1",
                                                        "k2",
                                                        "k3",
                                                        "k4",
                                                        "kernelMatrix",
                                                        "kernelUnitLength",
                                                        "kerning",
                                                        "lang",
                                                        "lengthAdjust",
                                                        "letter-spacing",
                                                        "lighting-color",
                                                        "limitingConeAngle",
                                                        "marker",
                                                        "marker-end",
                                                        "marker-mid",
                                                        "marker-start",
                                                        "markerHeight",
                                                        "markerUnits",
                                                        "markerWidth",
                                                        "mask",
                                                        "mask-type",
                                                        "maskContentUnits",
                                                        "maskUnits",
                                                        "method",
                                                        "mode",
                                                        "numOctaves",
                                                        "offset",
                                                        "opacity",
                                                        "operator",
                                                        "order",
                                                        "orient",
                                                        "orientation",
                                                        "origin",
                                                        "overflow",
                                                        "paint-order",
                                                        "pathLength",
                                                        "patternContentUnits",
                                                        "patternTransform",
                                                        "patternUnits",
                                                        "pointer-events",
                                                        "points",
                                                        "pointsAtX",
                                                        "pointsAtY",
                                                        "pointsAtZ",
                                                        "preserveAlpha",
                                                        "preserveAspectRatio",
                                                        "primitiveUnits",
                                                        "r",
                                                        "radius",
                                                        "refX",
                                                        "refY",
                                                        "requiredFeatures",
                                                        "result",
                                                        "role",
                                                        "rotate",
                                                        "rx",
                                                        "ry",
                                                        "scale",
                                                        "seed",
                                                        "shape-rendering",
                                                        "slope",
                                                        "spacing",
                                                        "specularConstant",
                                                        "specularExponent",
                                                        "spreadMethod",
                                                        "startOffset",
                                                        "stdDeviation",
                                                        "stitchTiles",
                                                        "stop-color",
                                                        "stop-opacity",
                                                        "stroke",
                                                        "stroke-dasharray",
                                                        "stroke-dashoffset",
                                                        "stroke-linecap",
                                                        "stroke-linejoin",
                                                        "stroke-miterlimit",
                                                        "stroke-opacity",
                                                        "stroke-width",
                                                        "surfaceScale",
                                                        "systemLanguage",
                                                        "tableValues",
                                                        "targetX",
                                                        "targetY",
                                                        "text-anchor",
                                                        "text-decoration",
                                                        "text-rendering",
                                                        "textLength",
                                                        "transform",
                                                        "transform-origin",
                                                        "type",
                                                        "unicode-bidi",
                                                        "values",
                                                        "vector-effect",
                                                        "version",
                                                        "viewBox",
                                                        "visibility",
                                                        "white-space",
                                                        "width",
                                                        "word-spacing",
                                                        "writing-mode",
                                                        "x",
                                                        "x1",
                                                        "x2",
                                                        "xChannelSelector",
                                                        "y",
                                                        "y1",
                                                        "y2",
                                                        "yChannelSelector",
                                                        "z",
                                                        "zoomAndPan"});
// Said twice or only for machines: nothing is lost that was drawn.
constexpr auto silent = std::to_array<std::string_view>({"content", "enable-background", "name", "tabindex", "target"});

// Properties of CSS that are no presentation attributes.
constexpr auto properties = std::to_array<std::string_view>(
    {"background",   "background-color", "border",      "box-sizing",  "cursor",         "font-feature-settings",
     "font-kerning", "isolation",        "line-height", "margin",      "margin-left",    "margin-top",
     "max-height",   "max-width",        "min-height",  "min-width",   "mix-blend-mode", "padding",
     "padding-left", "padding-top",      "text-align",  "text-indent", "text-transform", "transform-box",
     "user-select",  "vertical-align",   "word-break",  "word-wrap"});

template <std::size_t size> bool has(const std::array<std::string_view, size>& names, std::string_view name) {
    return std::ranges::binary_search(names, name);
}

static_assert(std::ranges::is_sorted(containers) && std::ranges::is_sorted(plain) &&
              std::ranges::is_sorted(animations) && std::ranges::is_sorted(properties) &&
              std::ranges::is_sorted(silent));

} // namespace

Element kind_of(std::string_view name) {
    if (has(containers, name)) return Element::container;
    if (has(words, name)) return Element::words;
    if (name == "title" || name == "desc") return Element::note;
    if (name == "a") return Element::link;
    if (name == "use") return Element::use;
    if (name == "image") return Element::image;
    if (name == "style") return Element::style;
    if (name == "switch") return Element::choice;
    if (name == "foreignObject") return Element::foreign;
    if (has(scripts, name)) return Element::script;
    if (has(animations, name)) return Element::animation;
    if (name == "metadata") return Element::metadata;
    return Element::unknown;
}

Attribute kind_of_attribute(std::string_view name) {
    if (has(plain, name)) return Attribute::plain;
    if (name == "style") return Attribute::style;
    if (name == "href") return Attribute::address;
    if (name.size() > 2 && (name[0] | 0x20) == 'o' && (name[1] | 0x20) == 'n') return Attribute::script;
    if (name.starts_with("data-") || name.starts_with("aria-") || has(silent, name)) return Attribute::metadata;
    return Attribute::unknown;
}

bool is_property(std::string_view name) {
    return has(plain, name) || has(properties, name) || (name.starts_with("--") && name.size() > 2);
}

} // namespace sekisho::svg
