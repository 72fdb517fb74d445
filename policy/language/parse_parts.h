// The parts of the grammar, read from behind the first word of the statement; parser.cpp puts them together. Each
// returns nothing after a problem that it has reported, and leaves the cursor where it happened.
#pragma once

#include <optional>

#include "policy/language/cursor.h"

namespace sekisho::policy {

std::optional<Header> parse_header(Cursor& cursor);
std::optional<Zones> parse_zones(Cursor& cursor);
std::optional<TypeGroup> parse_types(Cursor& cursor);
std::optional<Group> parse_group(Cursor& cursor);
// Of a rule with problems, what could be read.
Rule parse_rule(Cursor& cursor, bool allows, Span keyword);
std::optional<Condition> parse_condition(Cursor& cursor);
std::optional<Obligations> parse_obligations(Cursor& cursor);

} // namespace sekisho::policy
