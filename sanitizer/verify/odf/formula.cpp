// OpenFormula (ODF 1.3 part 4, 5), token by token: what is no known token is no formula.
#include <string>
#include <unordered_set>

#include "sanitizer/verify/odf/judge.h"
#include "sanitizer/verify/ooxml/functions.h"
#include "sanitizer/verify/ooxml/judge.h"

namespace sekisho::verify {

namespace {

using Names = std::unordered_set<std::string_view>;

constexpr std::string_view office_functions =
    "B CHISQDIST CHISQINV COLOR CURRENT DAYSINMONTH DAYSINYEAR EASTERSUNDAY EQ ERRORTYPE FDISTRIBUTION FOURIER G "
    "GCD_EXCEL2003 GEQ ISLEAPYEAR L LCM_EXCEL2003 LEGACY.CHIDIST LEGACY.CHIINV LEGACY.CHITEST LEGACY.FDIST LEGACY.FINV "
    "LEGACY.FTEST LEGACY.NORMSDIST LEGACY.NORMSINV LEGACY.TDIST LEQ MEAN MONTHS MULTIPLE.OPERATIONS MVALUE NEQ PERCENT "
    "PHD POW RAND.NV RANDBETWEEN.NV RAWSUBTRACT REGEX ROT13 ROUNDSIG SKEWP STYLE WEEKNUM_EXCEL2003 WEEKNUM_OOO WEEKS "
    "WEEKSINYEAR YEARS";

constexpr std::string_view conditions =
    "above-average above-equal-average begins-with below-average below-equal-average between bottom-elements "
    "bottom-percent cell-content cell-content-is-between cell-content-is-date cell-content-is-decimal-number "
    "cell-content-is-in-list cell-content-is-not-between cell-content-is-text cell-content-is-time "
    "cell-content-is-whole-number cell-content-text-length cell-content-text-length-is-between "
    "cell-content-text-length-is-not-between contains-text duplicate ends-with formula-is is-error is-no-error "
    "is-true-formula not-between not-contains-text top-elements top-percent unique value";

Names names_of(std::initializer_list<std::string_view> lists) {
    Names names;
    for (std::string_view list : lists) {
        while (!list.empty()) {
            const std::size_t size = std::min(list.find(' '), list.size());
            names.insert(list.substr(0, size));
            list.remove_prefix(std::min(size + 1, list.size()));
        }
    }
    return names;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool in_name(char c) {
    return is_alpha(c) || is_digit(c) || c == '_' || c == '.' || c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

class Scanner {
public:
    Scanner(std::string_view text, bool condition) : m_text(text), m_condition(condition) {}

    bool all() {
        while (m_at < m_text.size())
            if (!token()) return false;
        return !m_indirect || !m_names_place;
    }

private:
    char now() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    bool token() {
        const char c = now();
        if (c == '"') return quoted('"');
        if (c == '\'') return quoted('\'') && now() != '#' && now() != '!';
        if (c == '[') return reference();
        if (c == '{' || c == '}') return brace(c);
        if (in_name(c)) return name();
        if (c == '#' && m_at > 0 && in_name(m_text[m_at - 1])) return false;
        ++m_at;
        return c == '|' ? m_braces > 0 : true;
    }

    bool brace(char c) {
        if (c == '{') ++m_braces;
        if (c == '}' && m_braces > 0) --m_braces;
        ++m_at;
        return true;
    }

    bool quoted(char quote) {
        m_inside.clear();
        for (++m_at; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == quote) {
                if (m_at + 1 == m_text.size() || m_text[m_at + 1] != quote) break;
                ++m_at;
            }
            m_inside += m_text[m_at];
        }
        ++m_at;
        if (quote == '"' && (m_inside.find('#') != m_inside.npos || m_inside.find(":/") != m_inside.npos))
            m_names_place = true;
        return true;
    }

    bool reference() {
        const std::size_t from = ++m_at;
        while (m_at < m_text.size() && now() != ']') {
            if (now() == '\'')
                quoted('\'');
            else if (now() == '[')
                return false;
            else
                ++m_at;
        }
        const std::string_view range = m_text.substr(from, std::min(m_at, m_text.size()) - from);
        ++m_at;
        return odf_range_is_allowed(range);
    }

    bool name() {
        static const Names functions = names_of({worksheet_functions, office_functions});
        if (m_condition && condition_name()) return true;
        const std::size_t from = m_at;
        while (in_name(now())) ++m_at;
        std::string name(m_text.substr(from, m_at - from));
        const std::size_t after = m_text.find_first_not_of(" \n", m_at);
        if (after == m_text.npos || m_text[after] != '(') return true;
        m_at = after + 1;
        for (char& c : name)
            if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        for (const std::string_view home :
             {"COM.MICROSOFT.", "ORG.LIBREOFFICE.", "ORG.OPENOFFICE.", "_XLFN.",
              "COM.SUN.STAR.SHEET.ADDIN.ANALYSIS.GET", "COM.SUN.STAR.SHEET.ADDIN.DATEFUNCTIONS.GET"})
            if (name.starts_with(home)) name.erase(0, home.size());
        if (name == "INDIRECT") m_indirect = true;
        return name == "HYPERLINK" ? hyperlink() : functions.contains(name);
    }

    bool condition_name() {
        static const Names listed = names_of({conditions});
        std::size_t end = m_at;
        while (end < m_text.size() && (is_alpha(m_text[end]) || m_text[end] == '-')) ++end;
        if (!listed.contains(m_text.substr(m_at, end - m_at))) return false;
        m_at = end;
        return true;
    }

    bool hyperlink() {
        while (now() == ' ') ++m_at;
        if (now() != '"' || !quoted('"') || !address_is_allowed(m_inside)) return false;
        while (now() == ' ') ++m_at;
        return now() == ';' || now() == ',' || now() == ')';
    }

    std::string_view m_text;
    bool m_condition;
    std::size_t m_at = 0;
    unsigned m_braces = 0;
    bool m_indirect = false, m_names_place = false;
    std::string m_inside; // of the quotes that were read last
};

bool scan(std::string_view text, bool condition) {
    if (text.starts_with("msoxl:")) return formula_is_allowed(text.substr(6));
    for (const std::string_view prefix : {"of:", "oooc:", "ooow:"}) {
        if (!text.starts_with(prefix)) continue;
        text.remove_prefix(prefix.size());
        return Scanner(text, condition).all();
    }
    if (!condition) {
        std::size_t prefix = 0;
        while (prefix < text.size() && (is_alpha(text[prefix]) || is_digit(text[prefix]))) ++prefix;
        if (prefix > 0 && text.substr(prefix).starts_with(":=")) return false;
    }
    return Scanner(text, condition).all();
}

} // namespace

bool odf_formula_is_allowed(std::string_view formula) {
    return scan(formula, false);
}

bool odf_condition_is_allowed(std::string_view condition) {
    return scan(condition, true);
}

bool odf_range_is_allowed(std::string_view range) {
    bool quoted = false;
    for (std::size_t i = 0; i < range.size(); ++i) {
        const char c = range[i];
        if (c == '\'') quoted = !quoted;
        if (quoted) continue;
        if (c == '/' || c == '\\' || c == '|') return false;
        if (c == '#' && range.substr(i, 5) != "#REF!") return false;
    }
    return true;
}

} // namespace sekisho::verify
