#include "sanitizer/formats/ooxml/formula.h"

#include <algorithm>
#include <unordered_set>

#include "sanitizer/formats/ooxml/functions.h"
#include "sanitizer/formats/ooxml/target.h"

namespace sekisho::ooxml {

namespace {

char upper(char character) {
    return character >= 'a' && character <= 'z' ? static_cast<char>(character - 32) : character;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, [](char x, char y) { return upper(x) == upper(y); });
}

const std::unordered_set<std::string_view>& function_set() {
    static const std::unordered_set<std::string_view> set = [] {
        std::unordered_set<std::string_view> made;
        for (std::size_t from = 0; from < functions.size();) {
            const std::size_t to = std::min(functions.find(' ', from), functions.size());
            made.insert(functions.substr(from, to - from));
            from = to + 1;
        }
        return made;
    }();
    return set;
}

bool is_word(char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (upper(character) >= 'A' && upper(character) <= 'Z') ||
           character == '_' || character == '.' || character == '\\' || character == '?' || character == '$';
}

class Judge {
public:
    Judge(std::string_view formula, const std::vector<std::string>& sheets_gone)
        : m_formula(formula), m_sheets_gone(sheets_gone) {}

    Finding verdict() {
        while (m_at < m_formula.size())
            if (const Finding finding = step(); finding != Finding::none) return finding;
        return Finding::none;
    }

private:
    char now() const { return m_at < m_formula.size() ? m_formula[m_at] : '\0'; }

    Finding step() {
        const char character = now();
        if (character == '"') return skip_quoted('"'), Finding::none;
        if (character == '\'') return quoted_sheet();
        if (character == '[') return Finding::ooxml_external_link; // a table's column follows the table's name
        if (character == '|') return Finding::ooxml_dde_link;
        if (is_word(character)) return word();
        ++m_at;
        return Finding::none;
    }

    // A doubled quote stands for itself. Returns what is between the quotes.
    std::string skip_quoted(char quote) {
        std::string inside;
        for (++m_at; m_at < m_formula.size(); ++m_at) {
            if (m_formula[m_at] == quote) {
                if (m_at + 1 >= m_formula.size() || m_formula[m_at + 1] != quote) break;
                ++m_at;
            }
            inside += m_formula[m_at];
        }
        ++m_at;
        return inside;
    }

    Finding quoted_sheet() {
        const std::string name = skip_quoted('\'');
        if (now() != '!') return Finding::ooxml_active_formula; // not a sheet: the second half of a DDE reference
        if (name.find_first_of("[]|\\/") != std::string::npos) return Finding::ooxml_external_link;
        return gone(name) ? Finding::ooxml_xlm_macro : Finding::none;
    }

    bool gone(std::string_view name) const {
        const auto is_gone = [&](std::string_view part) {
            return std::ranges::any_of(m_sheets_gone,
                                       [&](const auto& sheet) { return equal_ignoring_case(sheet, part); });
        };
        const std::size_t colon = name.find(':'); // First:Last!A1
        if (colon == std::string_view::npos) return is_gone(name);
        return is_gone(name.substr(0, colon)) || is_gone(name.substr(colon + 1));
    }

    Finding word() {
        const std::size_t from = m_at;
        while (is_word(now())) ++m_at;
        const std::string_view name = m_formula.substr(from, m_at - from);
        if (now() == '!' || now() == ':')
            if (gone(name)) return Finding::ooxml_xlm_macro;
        if (now() == '[') return skip_brackets();
        std::size_t after = m_at;
        while (after < m_formula.size() && (m_formula[after] == ' ' || m_formula[after] == '\n')) ++after;
        if (after < m_formula.size() && m_formula[after] == '(') {
            const bool apart = after != m_at; // "A1 (B1)" is an intersection
            m_at = after + 1;
            return function(name, apart);
        }
        return Finding::none;
    }

    // Table[[#All],[a]:[b]]; an apostrophe takes the meaning from the next character.
    Finding skip_brackets() {
        std::size_t depth = 0;
        for (; m_at < m_formula.size(); ++m_at) {
            const char character = m_formula[m_at];
            if (character == '\'') ++m_at;
            if (character == '[') ++depth;
            if (character == ']' && --depth == 0) {
                ++m_at;
                return now() == '!' || is_word(now()) ? Finding::ooxml_external_link : Finding::none;
            }
        }
        return Finding::ooxml_active_formula;
    }

    Finding function(std::string_view name, bool apart) {
        if (apart && name.find_first_of("0123456789") != std::string_view::npos) return Finding::none;
        std::string plain(name);
        std::ranges::transform(plain, plain.begin(), upper);
        for (const std::string_view prefix : {"_XLFN.", "_XLWS.", "_XLPM."})
            if (plain.starts_with(prefix)) plain.erase(0, prefix.size());
        if (plain == "HYPERLINK") return hyperlink();
        return function_set().contains(plain) ? Finding::none : Finding::ooxml_active_formula;
    }

    // The address must be written out, so that it can be looked at.
    Finding hyperlink() {
        while (now() == ' ') ++m_at;
        if (now() != '"') return Finding::ooxml_active_formula;
        const std::string address = skip_quoted('"');
        while (now() == ' ') ++m_at;
        if (now() != ',' && now() != ')') return Finding::ooxml_active_formula;
        return safe_address(address) ? Finding::none : Finding::ooxml_active_formula;
    }

    std::string_view m_formula;
    const std::vector<std::string>& m_sheets_gone;
    std::size_t m_at = 0;
};

} // namespace

Finding judge_formula(std::string_view formula, const std::vector<std::string>& sheets_gone) {
    return Judge(formula, sheets_gone).verdict();
}

} // namespace sekisho::ooxml
