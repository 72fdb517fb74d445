#include "sanitizer/verify/svg/words.h"

namespace sekisho::verify::svg_words {

namespace {

// Names with a blank behind each.
constexpr std::string_view elements =
    "a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite "
    "feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA "
    "feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feTile feTurbulence filter g image line linearGradient marker mask "
    "path pattern polygon polyline radialGradient rect stop style svg switch symbol text textPath title "
    "tspan use ";
constexpr std::string_view attributes =
    "alignment-baseline amplitude aria-label azimuth baseFrequency baseProfile baseline-shift bias class "
    "clip clip-path clip-rule clipPathUnits color color-interpolation color-interpolation-filters "
    "color-rendering cx cy d diffuseConstant direction display divisor dominant-baseline dx dy edgeMode "
    "elevation enable-background exponent fill fill-opacity fill-rule filter filterUnits flood-color "
    "flood-opacity font font-family font-size font-size-adjust font-stretch font-style font-variant "
    "font-weight fr fx fy glyph-orientation-horizontal glyph-orientation-vertical gradientTransform "
    "gradientUnits height id image-rendering in in2 intercept k1 k2 k3 k4 kernelMatrix kernelUnitLength "
    "kerning lang lengthAdjust letter-spacing lighting-color limitingConeAngle marker marker-end "
    "marker-mid marker-start markerHeight markerUnits markerWidth mask mask-type maskContentUnits "
    "maskUnits method mode numOctaves offset opacity operator order orient orientation origin overflow "
    "paint-order pathLength patternContentUnits patternTransform patternUnits pointer-events points "
    "pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY "
    "requiredFeatures result role rotate rx ry scale seed shape-rendering slope spacing specularConstant "
    "specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-color stop-opacity stroke "
    "stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity "
    "stroke-width surfaceScale systemLanguage tableValues targetX targetY text-anchor text-decoration "
    "text-rendering textLength transform transform-origin type unicode-bidi values vector-effect version "
    "viewBox visibility white-space width word-spacing writing-mode x x1 x2 xChannelSelector y y1 y2 "
    "yChannelSelector z zoomAndPan ";
constexpr std::string_view other_properties =
    "background background-color border box-sizing cursor font-feature-settings font-kerning isolation "
    "line-height margin margin-left margin-top max-height max-width min-height min-width mix-blend-mode "
    "padding padding-left padding-top text-align text-indent text-transform transform-box user-select "
    "vertical-align word-break word-wrap ";
constexpr std::string_view functions =
    "blur brightness calc circle clamp color color-mix contrast cubic-bezier drop-shadow ellipse "
    "grayscale hsl hsla hue-rotate inset invert lab lch light-dark linear-gradient matrix matrix3d max "
    "min oklab oklch opacity path polygon radial-gradient rect rgb rgba rotate saturate scale scalex "
    "scaley sepia skewx skewy steps translate translatex translatey url var ";

bool is_in(std::string_view list, std::string_view name) {
    if (name.empty() || name.find(' ') != name.npos) return false;
    for (std::size_t at = list.find(name); at != list.npos; at = list.find(name, at + 1))
        if ((at == 0 || list[at - 1] == ' ') && list[at + name.size()] == ' ') return true;
    return false;
}

} // namespace

bool is_element(std::string_view name) {
    return is_in(elements, name);
}
bool holds_text(std::string_view name) {
    return is_in("text tspan textPath title desc style a ", name);
}
bool is_attribute(std::string_view name) {
    return is_in(attributes, name);
}
bool is_property(std::string_view name) {
    return is_in(attributes, name) || is_in(other_properties, name) || (name.size() > 2 && name.starts_with("--"));
}
bool is_function(std::string_view name) {
    return is_in(functions, name);
}

} // namespace sekisho::verify::svg_words
