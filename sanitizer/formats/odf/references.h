// Where the addresses of a document lead, and what became of what they lead to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sanitizer/formats/odf/formula.h"

namespace sekisho::odf {

// The member of the package that an address within the folder of a document names; nothing if it leads elsewhere.
std::optional<std::string> member_of(std::string_view folder, std::string_view address);

// A link that may stay: into the document, to pages, mail and telephone.
std::optional<std::string> safe_address(std::string_view address);

// Runs something: "vnd.sun.star.script:", "macro:", ".uno:", "javascript:".
bool is_command(std::string_view address);

// For each address as it was written: how it is written now, relative to the document. Empty: what it led to is gone.
struct References {
    std::map<std::string, std::string, std::less<>> pictures;
    std::map<std::string, std::string, std::less<>> objects;
    NamesGone names_gone;
    std::map<std::uint64_t, std::string> written_inside; // pictures of a flat document, by the number of their element
};

} // namespace sekisho::odf
