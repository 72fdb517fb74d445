// A mail as the tree of its parts (RFC 2045, 2046).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes/bytes.h"
#include "sanitizer/formats/mail/fields.h"

namespace sekisho::mail {

struct Entity {
    Fields fields;
    Structured type;           // "text/plain" if there is none
    Structured disposition;    // value empty if there is none
    std::string encoding;      // lower case
    std::string_view body;     // borrowed
    std::vector<Entity> parts; // of a multipart
    bool repaired = false;     // a boundary or an ending was missing

    bool is_multipart() const { return type.value.starts_with("multipart/"); }
    // The body without its transfer encoding.
    Bytes content() const;
    // RFC 2231 or 2047 file name, decoded; empty if there is none.
    std::string file_name(Budget& budget, bool* hidden = nullptr) const;
};

// Refuses Reason::mail_ambiguous (a field that counts is there twice and differs), limit_depth, limit_members.
// `text` must outlive the entity.
Result<Entity> parse_entity(std::string_view text, Budget& budget);

} // namespace sekisho::mail
