// What a page may hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sekisho::html {

enum class Element : unsigned char {
    unknown, // the tag goes, what is in it stays
    kept,    // written
    head,    // html, head, body: written by us
    dropped, // goes with all that is in it
    active,  // goes, what is in it stays; counted as html.active
    drawing, // svg: shown as a picture
    foreign, // math: goes with all that is in it
    program, // the page is a program (HTA)
};

Element element_of(std::string_view name);
bool is_void(std::string_view name);
// Ends an open <p>, starts a line in text.
bool is_block(std::string_view name);
// A table, or what only stands in one.
bool is_table_part(std::string_view name);
// Formatting elements are opened again when a tag in between was closed out of order.
bool is_formatting(std::string_view name);
// Whether a start tag `name` ends an open element `open` (a list item ends the one before it).
bool ends_before(std::string_view open, std::string_view name);
// Whether an element stops the look outwards for the one that the tag `name` ends.
bool is_barrier(std::string_view open, std::string_view name);

enum class Rule : unsigned char { removed, text, name, number, color, link, picture, style, direction, fragment };
Rule rule_of(std::string_view element, std::string_view attribute);

// "123", "50%", "1*" as HTML 4 has lengths; a colour by name or number.
bool is_length(std::string_view value);
bool is_color(std::string_view value);

} // namespace sekisho::html
