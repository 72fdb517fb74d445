// The styles of a drawing (CSS): taken apart into rules and declarations, of which those on the list are written again.
#pragma once

#include <string>
#include <string_view>

namespace sekisho::svg {

// What was left out.
struct StyleLoss {
    bool external = false; // an address outside of the drawing, an import
    bool script = false;   // expression(), behavior, script addresses
    bool unknown = false;
    bool animation = false;

    void join(const StyleLoss& other) {
        external = external || other.external;
        script = script || other.script;
        unknown = unknown || other.unknown;
        animation = animation || other.animation;
    }
};

// A value of a property or a presentation attribute: words, numbers, strings and functions on the list; url() only of
// a place in the drawing itself.
bool is_clean_value(std::string_view value, StyleLoss& loss);
// "a:b;c:d" of what may stay.
std::string clean_declarations(std::string_view text, StyleLoss& loss);
std::string clean_sheet(std::string_view text, StyleLoss& loss);

} // namespace sekisho::svg
