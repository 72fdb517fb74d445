// What single names mean to the verifier. A name that is not here means nothing beyond its vocabulary.
#pragma once

#include <cstdint>
#include <string_view>

#include "sanitizer/verify/ooxml/model.h"

namespace sekisho::verify {

enum class Role : std::uint8_t {
    plain,
    denied, // runs, loads or leads out
    text,   // a text of its own: fields do not cross its border
    inserted,
    deleted,
    moved_from,
    moved_to,
    field_mark,
    field_simple,
    field_piece,
    shown,
    alternate,
    choice,
    fallback,
    formula,
    defined_name,
    cache_source,
    link,    // its relationship may be a hyperlink's
    action,  // the same, with an action
    picture, // its relationship leads to a picture
    package, // its relationship leads to an embedded document
    graphic_data,
    stated, // of the program that wrote the document
};
Role role_of(Words words, std::string_view name);

enum class Meaning : std::uint8_t {
    plain,
    denied,
    empty,  // must have no value
    author, // must name nobody
    formula,
    address,
    style,
    flag_off, // must not be true
};
// Of an attribute; `element` decides for one without a namespace.
Meaning meaning_of(Words element, Words words, std::string_view name);

// What may stand in a:graphicData.
bool graphic_is_allowed(std::string_view uri);

} // namespace sekisho::verify
