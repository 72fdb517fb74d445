// The tables of what a package may consist of.
#pragma once

#include <cstdint>
#include <string_view>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::verify {

// The vocabularies of names.
enum class Words : std::uint8_t {
    none,    // no namespace
    foreign, // not on the list
#define NAMESPACE(id, uri) id,
#include "sanitizer/verify/ooxml/namespaces.def"
#undef NAMESPACE
    count
};
Words words_of(std::string_view uri);

enum class PartKind : std::uint8_t {
    document,
    workbook,
    presentation,
    application,
    glossary,
    word_styles,
    word_effects,
    numbering,
    settings,
    web_settings,
    font_table,
    header,
    footer,
    footnotes,
    endnotes,
    word_comments,
    comments_extended,
    comments_ids,
    comments_extensible,
    worksheet,
    chartsheet,
    shared_strings,
    sheet_styles,
    sheet_metadata,
    sheet_comments,
    threads,
    persons,
    table,
    pivot_table,
    pivot_cache,
    pivot_records,
    control_properties,
    sheet_drawing,
    vml,
    slide,
    slide_layout,
    slide_master,
    notes_slide,
    notes_master,
    handout_master,
    presentation_properties,
    view_properties,
    table_styles,
    slide_comments,
    comment_authors,
    theme,
    theme_override,
    chart,
    chart_ex,
    chart_style,
    chart_colors,
    chart_shapes,
    diagram_data,
    diagram_layout,
    diagram_style,
    diagram_colors,
    diagram_drawing,
    picture,
    package,
    address, // not a part: a hyperlink's
};

struct PartRow {
    PartKind kind;
    unsigned applications;
    std::string_view name;
    std::string_view content_type;
    Words root_words;
    std::string_view root; // empty: no XML

    bool is_xml() const { return !root.empty(); }
};

// Bits of PartRow::applications and of relations.
constexpr unsigned in_word = 1, in_excel = 2, in_powerpoint = 4, in_package = 8;
unsigned application_of(Type type);

// The row whose name fits; null if there is none for this application.
const PartRow* part_row(unsigned application, std::string_view name);
// Of what is not XML; empty for an extension that no part has.
std::string_view content_type_of(std::string_view extension);
// May a relationship of this type, in a part of this application, lead to this kind?
bool relation_leads_to(unsigned application, std::string_view type, PartKind kind);

} // namespace sekisho::verify
