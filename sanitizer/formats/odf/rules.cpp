#include "sanitizer/formats/odf/rules.h"

namespace sekisho::odf {

namespace {

constexpr SpecialElements elements[] = {
    // D01: an office:scripts without anything in it is in every file.
    {Ns::office, "scripts", {Rule::unwrap, Finding::none}},
    {Ns::office, "script", {Rule::drop, Finding::odf_macro}},
    {Ns::office, "event-listeners", {Rule::listeners, Finding::odf_event}},
    {Ns::script, "event-listener", {Rule::drop, Finding::odf_event}},
    {Ns::text, "script", {Rule::drop, Finding::odf_macro}},
    {Ns::text, "execute-macro", {Rule::unwrap, Finding::odf_macro}},
    {Ns::table, "error-macro", {Rule::drop, Finding::odf_macro}},
    {Ns::anim, "command", {Rule::drop, Finding::odf_event}},
    {Ns::presentation, "event-listener", {Rule::listener, Finding::odf_event}},

    // D03
    {Ns::office, "dde-source", {Rule::drop, Finding::odf_dde}},
    {Ns::text, "dde-connection-decls dde-connection-decl", {Rule::drop, Finding::odf_dde}},
    {Ns::text, "dde-connection", {Rule::unwrap, Finding::odf_dde}},
    {Ns::table, "dde-links dde-link", {Rule::drop, Finding::odf_dde}},
    {Ns::text, "section-source alphabetical-index-auto-mark-file", {Rule::drop, Finding::odf_external_source}},
    {Ns::text, "database-next database-row-select", {Rule::drop, Finding::odf_external_source}},
    {Ns::text, "database-display database-name database-row-number", {Rule::unwrap, Finding::odf_external_source}},
    {Ns::table, "table-source cell-range-source source-service", {Rule::drop, Finding::odf_external_source}},
    {Ns::table,
     "database-source-query database-source-sql database-source-table",
     {Rule::drop, Finding::odf_external_source}},

    // D04, and sound and video
    {Ns::draw, "object-ole applet", {Rule::drop, Finding::odf_embedding}},
    {Ns::draw, "plugin", {Rule::drop, Finding::odf_media}},
    {Ns::presentation, "sound", {Rule::drop, Finding::odf_media}},
    {Ns::anim, "audio", {Rule::drop, Finding::odf_media}},
    {Ns::draw, "object", {Rule::object, Finding::odf_embedding}},
    {Ns::office, "document", {Rule::document, Finding::none}},

    // D05
    {Ns::draw, "floating-frame", {Rule::drop, Finding::odf_external_reference}},
    {Ns::text, "a", {Rule::link, Finding::odf_hyperlink}},
    {Ns::draw, "a", {Rule::link, Finding::odf_hyperlink}},
    {Ns::draw, "area-circle area-polygon area-rectangle", {Rule::area, Finding::odf_hyperlink}},
    {Ns::draw, "image fill-image", {Rule::picture, Finding::odf_external_image}},
    {Ns::style, "background-image", {Rule::picture, Finding::odf_external_image}},
    {Ns::text, "list-level-style-image", {Rule::picture, Finding::odf_external_image}},
    {Ns::chart, "symbol-image", {Rule::picture, Finding::odf_external_image}},
    {Ns::office, "binary-data", {Rule::binary, Finding::none}},
    {Ns::form, "form", {Rule::form, Finding::odf_form}},
    {Ns::form, "connection-resource file", {Rule::drop, Finding::odf_form}},
    {Ns::xforms, "model", {Rule::drop, Finding::odf_form}},
    // Of a control what the toolkit of one program stores; the rest says how it looks.
    {Ns::form, "properties", {Rule::drop, Finding::none}},

    {Ns::svg, "font-face-src definition-src", {Rule::drop, Finding::odf_font}},
    {Ns::loext, "signatureline", {Rule::drop, Finding::odf_signature}},
    {Ns::office, "meta", {Rule::drop, Finding::none}}, // of a document inside of a flat one
    {Ns::dc, "creator", {Rule::author, Finding::odf_metadata}},
    {Ns::meta, "creator-initials", {Rule::author, Finding::odf_metadata}},
    {Ns::loext, "sender-initials", {Rule::author, Finding::odf_metadata}},
    {Ns::text,
     "creation-date creation-time creator description editing-cycles editing-duration initial-creator keywords "
     "modification-date modification-time print-date print-time printed-by subject title user-defined",
     {Rule::stated, Finding::none}},
    {Ns::config, "config-item", {Rule::setting, Finding::none}},
    {Ns::math, "annotation", {Rule::notation, Finding::odf_unknown_element}},
    {Ns::field, "fieldmark fieldmark-start param", {Rule::field, Finding::odf_field}},
    {Ns::field, "fieldmark-separator fieldmark-end", {Rule::field, Finding::none}},
    {Ns::table, "table-row", {Rule::row, Finding::none}},
    {Ns::table, "table-cell covered-table-cell", {Rule::cell, Finding::none}},
    {Ns::chart, "chart", {Rule::chart, Finding::odf_external_reference}},
};

constexpr SpecialAttributes attributes[] = {
    {Ns::xlink, "href", {AttributeRule::reference, Finding::none}},
    {Ns::xlink, "type show actuate", {AttributeRule::drop, Finding::none}}, // written where an address is
    {Ns::xlink, "title", {AttributeRule::keep, Finding::none}},

    {Ns::table, "formula expression", {AttributeRule::formula, Finding::none}},
    {Ns::text, "formula", {AttributeRule::formula, Finding::none}},
    {Ns::table, "condition", {AttributeRule::condition, Finding::none}},
    {Ns::style, "condition", {AttributeRule::condition, Finding::none}},
    {Ns::text, "condition", {AttributeRule::condition, Finding::none}},
    {Ns::calcext, "value", {AttributeRule::condition, Finding::none}},
    {Ns::table,
     "base-cell-address cell-address cell-range cell-range-address condition-source-range-address "
     "data-cell-range-address end-cell-address label-cell-range-address print-ranges range-address scenario-ranges "
     "source-cell-range-addresses source-name target-cell-address target-range-address",
     {AttributeRule::range, Finding::none}},
    {Ns::calcext,
     "target-range-address base-cell-address cell-address data-range",
     {AttributeRule::range, Finding::none}},
    {Ns::chart,
     "error-lower-range error-upper-range label-cell-address values-cell-range-address",
     {AttributeRule::range, Finding::none}},
    {Ns::draw, "notify-on-update-of-ranges notify-on-update-of-table-ranges", {AttributeRule::range, Finding::none}},
    {Ns::form, "source-cell-range linked-cell", {AttributeRule::range, Finding::none}},
    {Ns::table,
     "number-rows-repeated number-columns-repeated number-rows-spanned number-columns-spanned "
     "number-matrix-rows-spanned number-matrix-columns-spanned",
     {AttributeRule::count, Finding::none}},
    {Ns::text, "c", {AttributeRule::count, Finding::none}},
    {Ns::text, "url", {AttributeRule::address, Finding::odf_hyperlink}},

    {Ns::form,
     "command datasource data-field list-source image-data connection-resource detail-fields master-fields filter "
     "order xforms-submission xforms-list-source",
     {AttributeRule::drop, Finding::odf_form}},
    {Ns::form,
     "allow-deletes allow-inserts allow-updates apply-filter bound-column command-type convert-empty-to-null enctype "
     "escape-processing ignore-result list-source-type method navigation-mode property-name",
     {AttributeRule::drop, Finding::none}},
    {Ns::form, "control-implementation", {AttributeRule::service, Finding::odf_form}},
    {Ns::office, "target-frame", {AttributeRule::drop, Finding::none}},
    {Ns::office, "mimetype version", {AttributeRule::drop, Finding::none}},    // written with the document
    {Ns::draw, "mime-type filter-name", {AttributeRule::drop, Finding::none}}, // the kind of picture may change
    {Ns::style, "filter-name", {AttributeRule::drop, Finding::none}},
    {Ns::loext, "mime-type", {AttributeRule::drop, Finding::none}},
    {Ns::presentation, "verb", {AttributeRule::drop, Finding::odf_event}},
    {Ns::script, "event-name", {AttributeRule::event, Finding::odf_event}},
    {Ns::script, "language macro-name", {AttributeRule::drop, Finding::odf_macro}},
};

} // namespace

std::span<const SpecialElements> special_elements() {
    return elements;
}

std::span<const SpecialAttributes> special_attributes() {
    return attributes;
}

} // namespace sekisho::odf
