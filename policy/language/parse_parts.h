// The parts of the grammar, read from behind the first word of the statement; parser.cpp puts them together. Each
// returns nothing after a problem that it has reported, and leaves the cursor where it happened.
#pragma once

#include <optional>

#include "policy/language/cursor.h"

namespace sekisho::policy {

std::optional<Header> parse_header(Cursor& cursor);
std::optional<Zones> parse_zones(Cursor& cursor);
std::optional<Include> parse_include(Cursor& cursor);
std::optional<TypeGroup> parse_types(Cursor& cursor);
std::optional<Group> parse_group(Cursor& cursor);
std::optional<Calendar> parse_calendar(Cursor& cursor);
// Of one with problems, what could be read.
Rule parse_rule(Cursor& cursor, RuleKind kind, Span keyword);
Flow parse_flow(Cursor& cursor, Span keyword);
Claim parse_claim(Cursor& cursor, bool must, Span keyword);
std::optional<TestBlock> parse_test(Cursor& cursor, Span keyword);

std::optional<Condition> parse_condition(Cursor& cursor);
// Whether a time stands for itself or begins 08:30..19:00.
enum class TimeOperand : std::uint8_t { moment, range };
std::optional<Operand> parse_operand(Cursor& cursor, TimeOperand times);
std::optional<Obligations> parse_obligations(Cursor& cursor);
// As a test block names them: a level behind its word, units and commas may be missing.
std::optional<Obligations> parse_expected_obligations(Cursor& cursor);

} // namespace sekisho::policy
