// Local names that may pass, as ODF 1.3 part 3 and LibreOffice have them; what needs more than a list is in rules.cpp.
#pragma once

#include <string_view>

namespace sekisho::odf::names {

constexpr std::string_view draw_elements =
    "caption circle connector contour-path contour-polygon control custom-shape ellipse enhanced-geometry equation "
    "frame g glue-point gradient handle hatch image-map layer layer-set line marker measure opacity page "
    "page-thumbnail path polygon polyline rect regular-polygon stroke-dash text-box";
constexpr std::string_view draw_attributes =
    "align angle auto-grow-height auto-grow-width background-size blue border caption-angle caption-angle-type "
    "caption-escape caption-escape-direction caption-fit-line-length caption-gap caption-id caption-line-length "
    "caption-point-x caption-point-y caption-type chain-next-name class-names color color-inversion color-mode "
    "concave concentric-gradient-fill-allowed contrast control copy-of corner-radius corners cx cy data "
    "decimal-places display display-name distance dots1 dots1-length dots2 dots2-length draw-aspect end end-angle "
    "end-color end-glue-point end-guide end-intensity end-line-spacing-horizontal end-line-spacing-vertical "
    "end-shape engine enhanced-path escape-direction extrusion extrusion-allowed extrusion-brightness "
    "extrusion-color extrusion-depth extrusion-diffusion extrusion-first-light-direction "
    "extrusion-first-light-harsh extrusion-first-light-level extrusion-light-face extrusion-metal "
    "extrusion-number-of-line-segments extrusion-origin extrusion-rotation-angle extrusion-rotation-center "
    "extrusion-second-light-direction extrusion-second-light-harsh extrusion-second-light-level extrusion-shininess "
    "extrusion-skew extrusion-specularity extrusion-viewpoint fill fill-color fill-gradient-name fill-hatch-name "
    "fill-hatch-solid fill-image-height fill-image-name fill-image-ref-point fill-image-ref-point-x "
    "fill-image-ref-point-y fill-image-width fit-to-contour fit-to-size formula frame-name gamma "
    "glue-point-leaving-directions glue-point-type glue-points gradient-step-count green guide-distance "
    "guide-overhang handle-mirror-horizontal handle-mirror-vertical handle-polar handle-position "
    "handle-radius-range-maximum handle-radius-range-minimum handle-range-x-maximum handle-range-x-minimum "
    "handle-range-y-maximum handle-range-y-minimum handle-switched id image-opacity kind layer line-distance "
    "line-skew luminance marker-end marker-end-center marker-end-width marker-start marker-start-center "
    "marker-start-width master-page-name measure-align measure-vertical-align mirror-horizontal mirror-vertical "
    "modifiers name nav-order nohref ole-draw-aspect opacity opacity-name page-number parallel path-stretchpoint-x "
    "path-stretchpoint-y placing points protected recreate-on-edit red rotation secondary-fill-color shadow "
    "shadow-blur shadow-color shadow-offset-x shadow-offset-y shadow-opacity shape-id sharpness show-unit start "
    "start-angle start-color start-glue-point start-guide start-intensity start-line-spacing-horizontal "
    "start-line-spacing-vertical start-shape stroke stroke-dash stroke-dash-names stroke-linejoin style style-name "
    "symbol-color text-areas text-path text-path-allowed text-path-mode text-path-same-letter-heights "
    "text-path-scale text-rotate-angle text-style-name textarea-horizontal-align textarea-vertical-align "
    "tile-repeat-offset transform type unit value visible-area-height visible-area-left visible-area-top "
    "visible-area-width wrap-influence-on-position z-index";
constexpr std::string_view presentation_elements =
    "animation-group animations date-time date-time-decl dim footer footer-decl header header-decl hide-shape "
    "hide-text notes placeholder play settings show show-shape show-text";
constexpr std::string_view presentation_attributes =
    "action animations background-objects-visible background-visible class class-names delay direction "
    "display-date-time display-footer display-header display-page-number duration effect endless force-manual "
    "full-screen group-id master-element mouse-as-pen mouse-visible name node-type object pages path-id pause "
    "placeholder play-full presentation-page-layout-name preset-class preset-id preset-sub-type show "
    "show-end-of-presentation-slide show-logo source speed start-page start-scale start-with-navigator stay-on-top "
    "style-name transition-on-click transition-speed transition-style transition-type use-date-time-name "
    "use-footer-name use-header-name user-transformed visibility";
constexpr std::string_view svg_elements = "desc linearGradient radialGradient stop title";
constexpr std::string_view svg_attributes =
    "accent-height alphabetic ascent bbox cap-height cx cy d descent fill-rule font-family font-size font-stretch "
    "font-style font-variant font-weight fx fy gradientTransform gradientUnits hanging height ideographic "
    "mathematical name offset origin overline-position overline-thickness panose-1 path r rx ry slope spreadMethod "
    "stemh stemv stop-color stop-opacity strikethrough-position strikethrough-thickness string stroke-color "
    "stroke-linecap stroke-opacity stroke-width type underline-position underline-thickness unicode-range "
    "units-per-em v-alphabetic v-hanging v-ideographic v-mathematical viewBox width widths x x-height x1 x2 y y1 y2";
constexpr std::string_view dr3d_elements = "cube extrude light rotate scene sphere";
constexpr std::string_view dr3d_attributes =
    "ambient-color back-scale backface-culling center close-back close-front depth diffuse-color direction distance "
    "edge-rounding edge-rounding-mode emissive-color enabled end-angle focal-length horizontal-segments "
    "lighting-mode max-edge min-edge normals-direction normals-kind projection shade-mode shadow shadow-slant "
    "shininess size specular specular-color texture-filter texture-generation-mode-x texture-generation-mode-y "
    "texture-kind texture-mode transform vertical-segments vpn vrp vup";
constexpr std::string_view anim_elements =
    "animate animateColor animateMotion animateTransform iterate par param seq set transitionFilter";
constexpr std::string_view anim_attributes =
    "color-interpolation color-interpolation-direction formula id iterate-interval iterate-type name sub-item value";
constexpr std::string_view smil_attributes =
    "accelerate accumulate additive attributeName autoReverse begin by calcMode decelerate direction dur end "
    "endsync fadeColor fill fillDefault from keySplines keyTimes mode repeatCount repeatDur restart restartDefault "
    "subtype targetElement to type values";
constexpr std::string_view drawooo_attributes = "display enhanced-path layer-count sub-view-size";

} // namespace sekisho::odf::names
