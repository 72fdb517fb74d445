// Local names that may pass, as ODF 1.3 part 3 and LibreOffice have them; what needs more than a list is in rules.cpp.
#pragma once

#include <string_view>

namespace sekisho::odf::names {

constexpr std::string_view fo_attributes =
    "background-color border border-bottom border-left border-right border-top break-after break-before clip color "
    "column-count column-gap country end-indent font-family font-size font-style font-variant font-weight height "
    "hyphenate hyphenation-keep hyphenation-ladder-count hyphenation-no-caps hyphenation-push-char-count "
    "hyphenation-remain-char-count keep-together keep-with-next language letter-spacing line-height margin "
    "margin-bottom margin-left margin-right margin-top max-height max-width min-height min-width orphans padding "
    "padding-bottom padding-left padding-right padding-top page-height page-width script shadow space-after "
    "space-before start-indent text-align text-align-last text-indent text-shadow text-transform widows width "
    "wrap-option";
constexpr std::string_view chart_elements =
    "axis categories coordinate-region data-label data-point date-scale domain equation error-indicator floor "
    "footer grid label-separator legend mean-value plot-area regression-curve series stock-gain-marker "
    "stock-loss-marker stock-range-line subtitle title wall";
constexpr std::string_view chart_attributes =
    "angle-offset attached-axis auto-position auto-size automatic-content axis-label-position axis-position class "
    "column-mapping connect-bars data-label-number data-label-symbol data-label-text data-source-has-labels deep "
    "dimension display-equation display-label display-r-square error-category error-lower-indicator "
    "error-lower-limit error-margin error-percentage error-upper-indicator error-upper-limit gap-width "
    "group-bars-per-axis hole-size include-hidden-cells interpolation interval-major interval-minor-divisor "
    "japanese-candle-stick label-arrangement label-position label-position-negative legend-align legend-position "
    "lines link-data-style-to-source logarithmic maximum mean-value minimum name origin overlap percentage "
    "pie-offset regression-type repeated reverse-direction right-angled-axes row-mapping scale-text series-source "
    "solid-type sort-by-x-values spline-order spline-resolution stacked style-name symbol-height symbol-name "
    "symbol-type symbol-width text-overlap three-dimensional tick-mark-position tick-marks-major-inner "
    "tick-marks-major-outer tick-marks-minor-inner tick-marks-minor-outer treat-empty-cells vertical visible";
constexpr std::string_view form_elements =
    "button checkbox column combobox date fixed-text formatted-text frame grid hidden image image-frame item "
    "listbox number option password radio text textarea time value-range";
constexpr std::string_view form_attributes =
    "apply-design-mode auto-complete automatic-focus button-type current-selected current-state current-value "
    "default-button delay-for-repeat disabled dropdown echo-char focus-on-click for id image-align image-position "
    "input-required is-tristate label list-linkage-type max-length max-value min-value multi-line multiple name "
    "orientation page-step-size printable readonly repeat selected size spin-button state step-size tab-cycle "
    "tab-index tab-stop text-style-name title toggle validation value visual-effect";
constexpr std::string_view math_elements =
    "maligngroup malignmark math menclose merror mfenced mfrac mi mlabeledtr mmultiscripts mn mo mover mpadded "
    "mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder "
    "munderover none semantics";
constexpr std::string_view math_attributes =
    "accent accentunder align background bevelled close color columnalign columnlines columnspacing columnspan "
    "columnwidth denomalign depth dir display displaystyle equalcolumns equalrows fence fontfamily fontsize "
    "fontstyle fontweight form frame framespacing groupalign height largeop linethickness lspace mathbackground "
    "mathcolor mathsize mathvariant maxsize minsize movablelimits notation numalign open rowalign rowlines "
    "rowspacing rowspan rspace scriptlevel scriptminsize scriptsizemultiplier separator separators side stretchy "
    "subscriptshift superscriptshift symmetric voffset width";

} // namespace sekisho::odf::names
