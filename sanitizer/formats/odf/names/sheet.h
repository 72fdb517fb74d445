// Local names that may pass, as ODF 1.3 part 3 and LibreOffice have them; what needs more than a list is in rules.cpp.
#pragma once

#include <string_view>

namespace sekisho::odf::names {

constexpr std::string_view table_elements =
    "background body calculation-settings cell-address cell-content-change cell-content-deletion change-deletion "
    "change-track-table-cell consolidation content-validation content-validations cut-offs data-pilot-display-info "
    "data-pilot-field data-pilot-field-reference data-pilot-group data-pilot-group-member data-pilot-groups "
    "data-pilot-layout-info data-pilot-level data-pilot-member data-pilot-members data-pilot-sort-info "
    "data-pilot-subtotal data-pilot-subtotals data-pilot-table data-pilot-tables database-range database-ranges "
    "deletion deletions dependencies dependency desc detective error-message even-columns even-rows filter "
    "filter-and filter-condition filter-or filter-set-item first-column first-row help-message highlighted-range "
    "insertion insertion-cut-off iteration label-range label-ranges last-column last-row movement movement-cut-off "
    "named-expression named-expressions named-range null-date odd-columns odd-rows operation previous scenario "
    "shapes sort sort-by sort-groups source-cell-range source-range-address subtotal-field subtotal-rule "
    "subtotal-rules table table-column table-column-group table-columns table-header-columns table-header-rows "
    "table-row-group table-rows table-template target-range-address title tracked-changes";
constexpr std::string_view table_attributes =
    "acceptance-state add-empty-lines algorithm align allow-empty-cell application-data automatic-find-labels "
    "bind-styles-to-content border-color border-model buttons case-sensitive column comment condition-source "
    "contains-error contains-header content-validation-name copy-back copy-formulas copy-styles count country "
    "data-field data-type date-end date-start date-value default-cell-style-name direction display display-border "
    "display-duplicates display-filter-buttons display-list display-member-mode drill-down-on-double-click "
    "embedded-number-behavior enabled end end-column end-position end-row end-table end-x end-y field-name "
    "field-number first-row-end-column first-row-start-column function grand-total group-by-field-number grouped-by "
    "has-persistent-data id identify-categories ignore-empty-rows index is-active is-data-layout-field is-selection "
    "is-sub-table language last-column-spanned last-row-end-column last-row-spanned last-row-start-column "
    "layout-mode link-to-source-data marked-invalid matrix-covered maximum-difference member-count member-name "
    "member-type message-type mode multi-deletion-spanned name null-year on-update-keep-size on-update-keep-styles "
    "operator order orientation page-breaks-on-group-change paragraph-style-name position precision-as-shown print "
    "protect protected protection-key protection-key-digest-algorithm query-name range-usable-as "
    "rejecting-change-id rfc-language-tag row script search-criteria-must-apply-to-whole-cell selected-page "
    "show-details show-empty show-filter-button sort-mode source-field-name start start-column start-position "
    "start-row start-table status step steps structure-protected style-name table table-background table-name "
    "template-name title track-changes type use-banding-columns-styles use-banding-rows-styles "
    "use-first-column-styles use-first-row-styles use-labels use-last-column-styles use-last-row-styles "
    "use-regular-expressions use-wildcards used-hierarchy value value-type visibility";
constexpr std::string_view calcext_elements =
    "color-scale color-scale-entry condition conditional-format conditional-formats data-bar date-is "
    "formatting-entry icon-set sparkline sparkline-group sparkline-groups sparklines";
constexpr std::string_view calcext_attributes =
    "apply-style-name axis-color axis-position color color-axis color-first color-high color-last color-low "
    "color-markers color-negative color-series date date-axis display-empty-cells-as display-hidden display-x-axis "
    "first gradient high icon-set-type id last line-width low manual-max manual-min markers max-axis-type "
    "max-length min-axis-type min-length negative negative-color positive-color right-to-left show-value style type "
    "value-type";
constexpr std::string_view tableooo_attributes = "tab-color";
constexpr std::string_view number_elements =
    "am-pm boolean boolean-style currency-style currency-symbol date-style day day-of-week embedded-text era "
    "fraction hours minutes month number number-style percentage-style quarter scientific-number seconds text "
    "text-content text-style time-style week-of-year year";
constexpr std::string_view number_attributes =
    "automatic-order calendar country decimal-places decimal-replacement denominator-value display-factor "
    "format-source grouping language min-denominator-digits min-exponent-digits min-integer-digits "
    "min-numerator-digits position possessive-form rfc-language-tag script style textual title "
    "transliteration-country transliteration-format transliteration-language transliteration-style "
    "truncate-on-overflow";
constexpr std::string_view config_elements =
    "config-item-map-entry config-item-map-indexed config-item-map-named config-item-set";
constexpr std::string_view config_attributes = "name type";

} // namespace sekisho::odf::names
