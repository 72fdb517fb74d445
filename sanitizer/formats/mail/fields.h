// Header fields and their parameters.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sanitizer/core/job.h"

namespace sekisho::mail {

struct Field {
    std::string name;  // lower case
    std::string value; // unfolded, raw bytes
};

struct Fields {
    std::vector<Field> all;
    bool broken = false; // lines that are no fields

    const std::string* find(std::string_view name) const; // the first
};

// Takes the fields and the empty line behind them off `text`. Refuses Reason::limit_members beyond all measure.
Result<Fields> take_fields(std::string_view& text);

struct Parameter {
    std::string name; // lower case
    std::string value;
    std::string charset; // RFC 2231
};

// "text/plain; charset=utf-8": comments taken out, parameters joined and percent-decoded (RFC 2231).
struct Structured {
    std::string value; // lower case
    std::vector<Parameter> parameters;
    bool doubled = false; // a parameter is there twice with two values
    const Parameter* find(std::string_view name) const;
};
Structured parse_structured(std::string_view raw);

// Without comments (RFC 5322 3.2.2), quoted strings untouched.
std::string without_comments(std::string_view text);
std::string lower(std::string_view text);
std::string trimmed(std::string_view text);

} // namespace sekisho::mail
