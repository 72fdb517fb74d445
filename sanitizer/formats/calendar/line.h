// Content lines (RFC 5545 3.1, RFC 6350 3.3).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sekisho::calendar {

struct Parameter {
    std::string name; // upper case; "TYPE" for the bare words of vCard 2.1
    std::vector<std::string> values;
};

struct Line {
    std::string group; // vCard: "item1" of "item1.TEL"
    std::string name;  // upper case
    std::vector<Parameter> parameters;
    std::string value; // as written, unfolded
};

// Unfolded lines; a quoted-printable value that goes on ("=" at the end) is joined.
std::vector<std::string> unfold(std::string_view text);
std::optional<Line> parse_line(std::string_view text);
// Folds at 75 octets between characters and ends with CRLF.
void write_line(const Line& line, std::string& out);

} // namespace sekisho::calendar
