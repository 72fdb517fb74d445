// The kinds of part that are delivered, and what a relationship of each type leads to.
#pragma once

#include <string>
#include <string_view>

#include "sanitizer/formats/ooxml/vocabulary.h"

namespace sekisho::ooxml {

enum class Kind : std::uint8_t {
    none,
#define KIND(id, ...) id,
#include "sanitizer/formats/ooxml/kinds.def"
#undef KIND
    hyperlink, // an address, not a part
};

struct KindRow {
    Kind kind;
    std::string_view path; // "~" stands for the folder of the application, "#" for a number
    std::string_view extension;
    std::string_view content_type;
    Ns root_ns;
    std::string_view root;
    Dialect dialect;
};

const KindRow& row_of(Kind kind); // not for none and hyperlink

// Where a relationship stands: in a part of an application or in the package itself.
enum class Where : std::uint8_t { word = 1, sheet = 2, slide = 4, package = 8 };

struct RelationRow {
    unsigned where;
    std::string_view type; // "*" first: below the officeDocument base URI
    Kind kind;
    Finding finding; // of a relationship that does not pass, or leads out
};

// Null for an unknown type.
const RelationRow* find_relation(Where where, std::string_view type);
// The transitional URI.
std::string full_type(const RelationRow& row);
bool is_main_relation(std::string_view type); // officeDocument

} // namespace sekisho::ooxml
