// Formulas (ECMA-376 part 1, 18.17), token by token: what is no known token is no formula.
#include <string>
#include <unordered_set>

#include "sanitizer/verify/ooxml/functions.h"
#include "sanitizer/verify/ooxml/judge.h"

namespace sekisho::verify {

namespace {

using Names = std::unordered_set<std::string_view>;

const Names& listed() {
    static const Names names = [] {
        Names made;
        std::string_view rest = worksheet_functions;
        while (!rest.empty()) {
            const std::size_t size = std::min(rest.find(' '), rest.size());
            made.insert(rest.substr(0, size));
            rest.remove_prefix(std::min(size + 1, rest.size()));
        }
        return made;
    }();
    return names;
}

char to_upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool in_name(char c) {
    const char upper = to_upper(c);
    return (upper >= 'A' && upper <= 'Z') || is_digit(c) ||
           std::string_view("_.$\\?").find(c) != std::string_view::npos || static_cast<unsigned char>(c) >= 0x80;
}

// "$AB$12": before a bracket with a blank between, an intersection of ranges.
bool is_cell(std::string_view name) {
    std::size_t at = 0, letters = 0, digits = 0;
    if (at < name.size() && name[at] == '$') ++at;
    for (; at < name.size() && to_upper(name[at]) >= 'A' && to_upper(name[at]) <= 'Z'; ++at) ++letters;
    if (at < name.size() && name[at] == '$') ++at;
    for (; at < name.size() && is_digit(name[at]); ++at) ++digits;
    return at == name.size() && letters <= 3 && digits <= 7 && letters + digits > 0 && digits > 0;
}

class Scanner {
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    bool all() {
        while (m_at < m_text.size())
            if (!token()) return false;
        return true;
    }

private:
    char now() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    bool token() {
        const char c = now();
        if (c == '"') return quoted('"').has_end;
        if (c == '\'') {
            const Quoted sheet = quoted('\'');
            return sheet.has_end && now() == '!' && sheet.inside.find_first_of("[]|\\/") == std::string::npos;
        }
        if (in_name(c)) return name();
        ++m_at;
        return std::string_view("+-*/^&=<>(){},;:!%#@~ \t\r\n").find(c) != std::string_view::npos;
    }

    struct Quoted {
        std::string inside;
        bool has_end = false;
    };
    Quoted quoted(char quote) {
        Quoted found;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] != quote) {
                found.inside += m_text[m_at];
            } else if (m_at + 1 < m_text.size() && m_text[m_at + 1] == quote) {
                found.inside += m_text[++m_at];
            } else {
                ++m_at;
                found.has_end = true;
                break;
            }
        }
        return found;
    }

    bool name() {
        const std::size_t from = m_at;
        while (in_name(now())) ++m_at;
        const std::string_view name = m_text.substr(from, m_at - from);
        if (now() == '[') return columns();
        const std::size_t after = m_text.find_first_not_of(" \t\r\n", m_at);
        if (after == std::string_view::npos || m_text[after] != '(') return true;
        const bool apart = after != m_at;
        m_at = after + 1;
        return function(name) || (apart && is_cell(name));
    }

    bool function(std::string_view name) {
        std::string upper(name);
        for (char& c : upper) c = to_upper(c);
        for (const std::string_view prefix : {"_XLFN.", "_XLWS.", "_XLPM."})
            if (upper.starts_with(prefix)) upper.erase(0, prefix.size());
        return upper == "HYPERLINK" ? hyperlink() : listed().contains(upper);
    }

    bool hyperlink() {
        while (now() == ' ') ++m_at;
        if (now() != '"') return false;
        const Quoted address = quoted('"');
        while (now() == ' ') ++m_at;
        return address.has_end && (now() == ',' || now() == ')') && address_is_allowed(address.inside);
    }

    // Table[[#All],[column]]; an apostrophe takes the meaning from the character behind it.
    bool columns() {
        std::size_t depth = 0;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (c == '\'') ++m_at;
            if (c == '[') ++depth;
            if (c == ']' && --depth == 0) return now() != '!' && !in_name(now()) && now() != '\'';
        }
        return false;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

bool formula_is_allowed(std::string_view formula) {
    return Scanner(formula).all();
}

} // namespace sekisho::verify
