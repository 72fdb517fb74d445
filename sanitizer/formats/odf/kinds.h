// The kinds of document, by the media type that a package or a flat document names itself with.
#pragma once

#include <string_view>

#include "sanitizer/catalogue/catalogue.h"

namespace sekisho::odf {

struct Kind {
    std::string_view media_type; // as delivered
    Type type = Type::unknown;   // Type::odf: delivered as a formula only, or within another document
    std::string_view body;       // in office:body; empty: MathML instead
};

// By media type, templates included; null if there is no such kind.
const Kind* find_kind(std::string_view media_type);
const Kind* find_kind_by_body(std::string_view body);
// True if it is the media type of a document, not of a template or a variant.
bool is_plain(std::string_view media_type);

} // namespace sekisho::odf
