// CSS (CSS Syntax 3) by lists: properties, functions, at-rules. Nothing that is fetched, nothing that runs.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::html {

struct Style {
    std::string text;     // without "<", "&", "\" and controls; empty if nothing is left
    bool removed = false; // something was not on the list
    bool remote = false;  // something would have been fetched
};

// The value of a style attribute.
Style clean_declarations(std::string_view css);
// The content of a style element.
Style clean_sheet(std::string_view css);

} // namespace sekisho::html
