// The clauses of a statement: each begins with a word of a list, they stand in any order, each once.
#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "policy/language/cursor.h"

namespace sekisho::policy {

class Clauses {
public:
    Clauses(Cursor& cursor, std::span<const std::string_view> parts) : m_cursor(cursor), m_parts(parts) {}

    // Up to the end of the statement. The body reads a clause from behind its word; false after a problem that it has
    // reported: reading goes on at the next clause.
    void read(const std::function<bool(const Token& word)>& body);
    void skip_to_part();
    // A problem for each part that was not there.
    void need(std::span<const std::string_view> parts, Span statement);
    bool seen(std::string_view part) const { return m_seen.contains(part); }

private:
    std::string meant(std::string_view word) const;
    bool is_part(std::string_view word) const;

    Cursor& m_cursor;
    std::span<const std::string_view> m_parts;
    std::map<std::string, Span, std::less<>> m_seen;
};

// "R-010 title" begins with capital letters, a hyphen, digits; then a space or the end. 0: it does not.
std::size_t id_length(std::string_view text);

// Splits a title that was read; a problem if it does not begin with an id.
bool split_title(Cursor& cursor, const Name& text, Name& id, std::string& title);

} // namespace sekisho::policy
