// What policy may choose within a level. As it is made here, each choice is the strictest.
#pragma once

#include <span>
#include <string_view>

namespace sekisho {

struct Options {
    bool keep_attachments = false; // of a PDF, each sanitised by its own rules; else dropped
    bool keep_forms = false;       // fields of a PDF that can be filled in, without actions; else drawn into the page
    bool keep_place = false;       // where a photograph was taken, of a JPEG that is sent as it is; else removed
    friend bool operator==(const Options&, const Options&) = default;
};

// One row per choice: the command line and the wire loop over it.
struct OptionChoice {
    std::string_view name; // without dashes
    std::string_view strict, kept;
    bool Options::*chosen;
};

std::span<const OptionChoice> all_choices();

// False: no such choice, or no such word for it.
bool choose(Options& options, std::string_view name, std::string_view word);

} // namespace sekisho
