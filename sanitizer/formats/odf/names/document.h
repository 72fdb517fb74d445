// Local names that may pass, as ODF 1.3 part 3 and LibreOffice have them; what needs more than a list is in rules.cpp.
#pragma once

#include <string_view>

namespace sekisho::odf::names {

constexpr std::string_view office_elements =
    "annotation annotation-end automatic-styles body change-info chart drawing font-face-decls forms master-styles "
    "presentation settings spreadsheet styles text";
constexpr std::string_view office_attributes =
    "boolean-value currency date-value display name server-map string-value target-frame-name time-value title "
    "value value-type";
constexpr std::string_view style_elements =
    "chart-properties column column-sep columns default-page-layout default-style drawing-page-properties drop-cap "
    "font-face footer footer-first footer-left footer-style footnote-sep graphic-properties handout-master header "
    "header-first header-footer-properties header-left header-style list-level-label-alignment "
    "list-level-properties map master-page page-layout page-layout-properties paragraph-properties "
    "presentation-page-layout region-center region-left region-right ruby-properties section-properties style "
    "tab-stop tab-stops table-cell-properties table-column-properties table-properties table-row-properties "
    "text-properties";
constexpr std::string_view style_attributes =
    "adjustment apply-style-name auto-text-indent auto-update background-transparency base-cell-address "
    "border-line-width border-line-width-bottom border-line-width-left border-line-width-right "
    "border-line-width-top cell-protect char class color column-width contextual-spacing country-asian "
    "country-complex data-style-name decimal-places default-outline-level diagonal-bl-tr diagonal-bl-tr-widths "
    "diagonal-tl-br diagonal-tl-br-widths direction display display-name distance distance-after-sep "
    "distance-before-sep dynamic-spacing editable enable-numbering family first-page-number flow-with-text "
    "font-adornments font-charset font-charset-asian font-charset-complex font-family-asian font-family-complex "
    "font-family-generic font-family-generic-asian font-family-generic-complex font-independent-line-spacing "
    "font-name font-name-asian font-name-complex font-pitch font-pitch-asian font-pitch-complex font-relief "
    "font-size-asian font-size-complex font-size-rel font-size-rel-asian font-size-rel-complex font-style-asian "
    "font-style-complex font-style-name font-style-name-asian font-style-name-complex font-weight-asian "
    "font-weight-complex footnote-max-height glyph-orientation-vertical height horizontal-pos horizontal-rel "
    "join-border justify-single-word keep-together language-asian language-complex layout-grid-base-height "
    "layout-grid-base-width layout-grid-color layout-grid-display layout-grid-lines layout-grid-mode "
    "layout-grid-print layout-grid-ruby-below layout-grid-ruby-height layout-grid-snap-to "
    "layout-grid-snap-to-characters layout-grid-square-mode layout-grid-standard-mode leader-char leader-color "
    "leader-style leader-text leader-text-style leader-type leader-width legend-expansion "
    "legend-expansion-aspect-ratio length letter-kerning line-break line-height-at-least line-spacing line-style "
    "lines list-level list-style-name master-page-name may-break-between-rows min-row-height mirror name "
    "next-style-name num-format num-letter-sync num-prefix num-suffix number-wrapped-paragraphs overflow-behavior "
    "page-layout-name page-number page-usage paper-tray-name parent-style-name percentage-data-style-name position "
    "print print-content print-orientation print-page-order protect punctuation-wrap register-true "
    "register-truth-ref-style-name rel-column-width rel-height rel-width repeat repeat-content rfc-language-tag "
    "rfc-language-tag-asian rfc-language-tag-complex rotation-align rotation-angle row-height ruby-align "
    "ruby-position run-through scale-to scale-to-pages script-asian script-complex script-type shadow shadow-blur "
    "shrink-to-fit snap-to-layout-grid style style-name tab-stop-distance table-centering text-align-source "
    "text-autospace text-blinking text-combine text-combine-end-char text-combine-start-char text-emphasize "
    "text-line-through-color text-line-through-mode text-line-through-style text-line-through-text "
    "text-line-through-text-style text-line-through-type text-line-through-width text-outline text-overline-color "
    "text-overline-mode text-overline-style text-overline-type text-overline-width text-position "
    "text-rotation-angle text-rotation-scale text-scale text-underline-color text-underline-mode "
    "text-underline-style text-underline-type text-underline-width type use-optimal-column-width "
    "use-optimal-row-height use-window-font-color vertical-align vertical-pos vertical-rel volatile width wrap "
    "wrap-contour wrap-contour-mode wrap-dynamic-threshold writing-mode writing-mode-automatic";
constexpr std::string_view text_elements =
    "alphabetical-index alphabetical-index-entry-template alphabetical-index-mark alphabetical-index-mark-end "
    "alphabetical-index-mark-start alphabetical-index-source author-initials author-name bibliography "
    "bibliography-configuration bibliography-entry-template bibliography-mark bibliography-source bookmark "
    "bookmark-end bookmark-ref bookmark-start change change-end change-start changed-region chapter character-count "
    "conditional-text creation-date creation-time creator date deletion description editing-cycles editing-duration "
    "expression file-name format-change h hidden-paragraph hidden-text illustration-index "
    "illustration-index-entry-template illustration-index-source image-count index-body index-entry-bibliography "
    "index-entry-chapter index-entry-link-end index-entry-link-start index-entry-page-number index-entry-span "
    "index-entry-tab-stop index-entry-text index-source-style index-source-styles index-title index-title-template "
    "initial-creator insertion keywords line-break linenumbering-configuration linenumbering-separator list "
    "list-header list-item list-level-style-bullet list-level-style-number list-style measure meta meta-field "
    "modification-date modification-time note note-body note-citation note-continuation-notice-backward "
    "note-continuation-notice-forward note-ref notes-configuration number numbered-paragraph object-count "
    "object-index object-index-entry-template object-index-source outline-level-style outline-style p page "
    "page-continuation page-count page-number page-sequence page-variable-get page-variable-set paragraph-count "
    "placeholder print-date print-time printed-by reference-mark reference-mark-end reference-mark-start "
    "reference-ref ruby ruby-base ruby-text s section sender-city sender-company sender-country sender-email "
    "sender-fax sender-firstname sender-initials sender-lastname sender-phone-private sender-phone-work "
    "sender-position sender-postal-code sender-state-or-province sender-street sender-title sequence sequence-decl "
    "sequence-decls sequence-ref sheet-name soft-page-break sort-key span subject tab table-count table-formula "
    "table-index table-index-entry-template table-index-source table-of-content table-of-content-entry-template "
    "table-of-content-source template-name text-input time title toc-mark toc-mark-end toc-mark-start "
    "tracked-changes user-defined user-field-decl user-field-decls user-field-get user-field-input user-index "
    "user-index-entry-template user-index-mark user-index-mark-end user-index-mark-start user-index-source "
    "variable-decl variable-decls variable-get variable-input variable-set word-count";
constexpr std::string_view text_attributes =
    "active address alphabetical-separators anchor-page-number anchor-type animation animation-delay "
    "animation-direction animation-repeat animation-start-inside animation-steps animation-stop-inside annote "
    "author bibliography-data-field bibliography-type booktitle bullet-char bullet-relative-size capitalize-entries "
    "caption-sequence-format caption-sequence-name change-id chapter citation-body-style-name citation-style-name "
    "class-names combine-entries combine-entries-with-dash combine-entries-with-pp comma-separated cond-style-name "
    "consecutive-numbering continue-list continue-numbering copy-outline-levels count-empty-lines "
    "count-in-text-boxes current-value custom1 custom2 custom3 custom4 custom5 date-adjust date-value "
    "default-style-name description display display-levels display-outline-level dont-balance-text-columns duration "
    "edition editor enable-numbering fixed footnotes-position global howpublished id identifier ignore-case "
    "increment index-name index-scope institution is-hidden is-list-header isbn issn journal key key1 key1-phonetic "
    "key2 key2-phonetic kind label label-followed-by level line-break line-number list-id "
    "list-level-position-and-space-mode list-tab-stop-position main-entry main-entry-style-name master-page-name "
    "min-label-distance min-label-width month name note note-class number number-lines number-position "
    "numbered-entries offset organizations outline-level page-adjust pages placeholder-type prefix protected "
    "protection-key protection-key-digest-algorithm publisher ref-name reference-format relative-tab-stop-position "
    "report-type restart-numbering restart-on-page row-number school section-name select-page separation-character "
    "series sort-algorithm sort-ascending sort-by-position space-before start-numbering-at start-value string-value "
    "string-value-if-false string-value-if-true string-value-phonetic style-name style-override suffix tab-ref "
    "time-adjust time-value title track-changes use-caption use-chart-objects use-draw-objects use-floating-frames "
    "use-graphics use-index-marks use-index-source-styles use-keys-as-entries use-math-objects use-objects "
    "use-other-objects use-outline-level use-soft-page-breaks use-spreadsheet-objects use-tables value "
    "visited-style-name volume year";
constexpr std::string_view dc_elements = "date";
constexpr std::string_view meta_elements = "date-string";
constexpr std::string_view field_elements = "fieldmark-end fieldmark-separator";
constexpr std::string_view field_attributes = "name type value";
constexpr std::string_view loext_elements =
    "border-bottom-complex-color border-left-complex-color border-right-complex-color border-top-complex-color "
    "char-complex-color color complex-color content-control custom-leader-lines date-interval entry "
    "fill-complex-color footer-first gradient-stop graphic-properties header-first label list-item opacity-stop p "
    "shadow-complex-color table theme theme-colors transformation";
constexpr std::string_view loext_attributes =
    "alias allow-overlap anchor appearance blank-width-char border char-shading-value checkbox checked "
    "checked-state color color-lum-mod color-lum-off color-type color-value combobox contextual-spacing "
    "current-date custom-label-field data-filter date-format date-rfc-language decorative display-name display-text "
    "dropdown fill-style fill-use-slide-background font-size-scale glow-color glow-radius glow-transparency "
    "grand-total header-distance hyphenation-keep hyphenation-keep-type hyphenation-no-caps "
    "hyphenation-no-last-word hyphenation-word-char-count hyphenation-zone id ignore-selected-page is-hidden "
    "linked-style-name lock "
    "margin-gutter marker-style-name max-blank-integer-digits may-break-between-pages min-decimal-places name "
    "num-list-format offset opacity padding paragraph-marker-style-name picture placeholder plain-text "
    "regression-x-name regression-y-name rel-height-rel rel-width-rel relative-to-border resolved ruby-position "
    "scale-text shadow shadow-blur softedge-radius std-weight stop-opacity style-name sub-total symmetric tab-index "
    "tab-stop-distance table-row-end-background tag text-line-limit text-style-name theme-color title-text "
    "transformation type unchecked-state value vertical-justify vertical-overflow writing-mode";

} // namespace sekisho::odf::names
