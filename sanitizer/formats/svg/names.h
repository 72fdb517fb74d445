// The vocabulary of drawings that may pass.
#pragma once

#include <cstdint>
#include <string_view>

namespace sekisho::svg {

inline constexpr std::string_view namespace_svg = "http://www.w3.org/2000/svg";
inline constexpr std::string_view namespace_xlink = "http://www.w3.org/1999/xlink";
inline constexpr std::string_view namespace_xml = "http://www.w3.org/XML/1998/namespace";
inline constexpr std::string_view namespace_html = "http://www.w3.org/1999/xhtml";

enum class Element : std::uint8_t {
    container, // drawn or defined, holds elements only
    words,     // holds characters that are drawn
    note,      // holds characters only: title, desc
    link,
    use,
    image,
    style,
    choice,  // switch
    foreign, // foreignObject
    script,
    animation,
    metadata,
    unknown
};

Element kind_of(std::string_view name);

enum class Attribute : std::uint8_t {
    plain,   // its value is checked as a style's is
    style,   // declarations
    address, // href
    script,  // an event
    metadata,
    unknown
};

Attribute kind_of_attribute(std::string_view name);

// A property of a style sheet or a style attribute.
bool is_property(std::string_view name);

} // namespace sekisho::svg
