#include "sanitizer/formats/odf/formula.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "sanitizer/core/address.h"
#include "sanitizer/formats/ooxml/formula.h"
#include "sanitizer/formats/ooxml/functions.h"

namespace sekisho::odf {

namespace {

// Functions that OpenDocument programs have beyond those of Excel. Not here, on purpose: DDE.
constexpr std::string_view more_functions =
    "AVERAGEIFS B CHISQDIST CHISQINV COLOR CURRENT DATEDIF EASTERSUNDAY ERRORTYPE FDISTRIBUTION FOURIER "
    "GAUSS LEGACY.CHIDIST LEGACY.CHIINV LEGACY.CHITEST LEGACY.FDIST LEGACY.FINV LEGACY.FTEST LEGACY.NORMSDIST "
    "LEGACY.NORMSINV LEGACY.TDIST LCM_EXCEL2003 GCD_EXCEL2003 MULTIPLE.OPERATIONS MVALUE RAND.NV RANDBETWEEN.NV "
    "RAWSUBTRACT REGEX ROUNDSIG SKEWP STYLE WEEKNUM_EXCEL2003 WEEKNUM_OOO WEEKS WEEKSINYEAR YEARS MONTHS DAYSINMONTH "
    "DAYSINYEAR ISLEAPYEAR ROT13 ACCRINT EDATE PERCENT ROUND MIN MAX MEAN POW EQ NEQ LEQ GEQ L G PHD";

constexpr std::string_view condition_functions =
    "cell-content cell-content-is-between cell-content-is-date cell-content-is-decimal-number cell-content-is-in-list "
    "cell-content-is-not-between cell-content-is-text cell-content-is-time cell-content-is-whole-number "
    "cell-content-text-length cell-content-text-length-is-between cell-content-text-length-is-not-between "
    "is-true-formula value formula-is between not-between begins-with ends-with contains-text not-contains-text "
    "top-elements bottom-elements top-percent bottom-percent is-error is-no-error above-average below-average "
    "above-equal-average below-equal-average duplicate unique";

using Names = std::unordered_set<std::string_view>;

void add_words(Names& names, std::string_view words) {
    while (!words.empty()) {
        const std::size_t size = std::min(words.find(' '), words.size());
        names.insert(words.substr(0, size));
        words.remove_prefix(std::min(size + 1, words.size()));
    }
}

const Names& function_names() {
    static const Names names = [] {
        Names made;
        add_words(made, ooxml::functions);
        add_words(made, more_functions);
        return made;
    }();
    return names;
}

const Names& condition_names() {
    static const Names names = [] {
        Names made;
        add_words(made, condition_functions);
        return made;
    }();
    return names;
}

char upper(char character) {
    return character >= 'a' && character <= 'z' ? static_cast<char>(character - 32) : character;
}

bool is_letter(char character) {
    return upper(character) >= 'A' && upper(character) <= 'Z';
}

bool is_word(char character) {
    const auto byte = static_cast<unsigned char>(character);
    return byte >= 0x80 || is_letter(character) || (character >= '0' && character <= '9') || character == '_' ||
           character == '.' || character == '$';
}

class Judge {
public:
    Judge(std::string_view formula, const NamesGone& gone, bool condition)
        : m_formula(formula), m_gone(gone), m_condition(condition) {}

    Finding verdict() {
        while (m_at < m_formula.size())
            if (const Finding finding = step(); finding != Finding::none) return finding;
        // INDIRECT makes a reference of a text: the text must not name another document.
        return m_indirect && m_leading_text ? Finding::odf_external_source : Finding::none;
    }

private:
    char now() const { return m_at < m_formula.size() ? m_formula[m_at] : '\0'; }

    Finding step() {
        const char character = now();
        if (character == '"') return skip_text(), Finding::none;
        if (character == '\'') return quoted_name();
        if (character == '[') return reference();
        if (character == '{') ++m_braces;
        if (character == '}' && m_braces > 0) --m_braces;
        if (character == '|' && m_braces == 0) return Finding::odf_dde; // in braces it ends a row
        if (character == '#') return error_value();
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

    std::string skip_text() {
        std::string inside = skip_quoted('"');
        if (inside.find('#') != std::string::npos || inside.find(":/") != std::string::npos) m_leading_text = true;
        return inside;
    }

    // 'file:///table.ods'#$Sheet1.A1; else a sheet or a label.
    Finding quoted_name() {
        skip_quoted('\'');
        return now() == '#' || now() == '!' ? Finding::odf_external_source : Finding::none;
    }

    // [$Sheet.A1:.B2], part 4, 5.8. Its sources stand before a number sign.
    Finding reference() {
        for (++m_at; m_at < m_formula.size() && now() != ']';) {
            if (now() == '\'') {
                if (const Finding finding = quoted_name(); finding != Finding::none) return finding;
                continue;
            }
            if (now() == '#' && !m_formula.substr(m_at).starts_with("#REF!")) return Finding::odf_external_source;
            if (now() == '/' || now() == '\\' || now() == '|' || now() == '[') return Finding::odf_external_source;
            ++m_at;
        }
        ++m_at;
        return Finding::none;
    }

    // #N/A; after a name it would divide a document from a place in it.
    Finding error_value() {
        if (m_at > 0 && is_word(m_formula[m_at - 1])) return Finding::odf_external_source;
        ++m_at;
        return Finding::none;
    }

    Finding word() {
        if (m_condition && take_condition()) return Finding::none;
        const std::size_t from = m_at;
        while (is_word(now())) ++m_at;
        const std::string_view name = m_formula.substr(from, m_at - from);
        std::size_t after = m_at;
        while (after < m_formula.size() && (m_formula[after] == ' ' || m_formula[after] == '\n')) ++after;
        if (after >= m_formula.size() || m_formula[after] != '(')
            return is_gone(name) ? Finding::odf_external_source : Finding::none;
        m_at = after + 1;
        return function(name);
    }

    bool is_gone(std::string_view name) const {
        while (name.starts_with('$')) name.remove_prefix(1);
        return !m_gone.empty() && m_gone.contains(small_letters(name));
    }

    // Names with hyphens, which a formula would take for a subtraction.
    bool take_condition() {
        std::size_t end = m_at;
        while (end < m_formula.size() && (is_letter(m_formula[end]) || m_formula[end] == '-')) ++end;
        if (!condition_names().contains(m_formula.substr(m_at, end - m_at))) return false;
        m_at = end;
        return true;
    }

    Finding function(std::string_view name) {
        std::string plain(name);
        std::ranges::transform(plain, plain.begin(), upper);
        for (const std::string_view prefix : {"COM.MICROSOFT.", "ORG.LIBREOFFICE.", "ORG.OPENOFFICE.", "_XLFN."})
            if (plain.starts_with(prefix)) plain.erase(0, prefix.size());
        for (const std::string_view prefix :
             {"COM.SUN.STAR.SHEET.ADDIN.ANALYSIS.GET", "COM.SUN.STAR.SHEET.ADDIN.DATEFUNCTIONS.GET"})
            if (plain.starts_with(prefix)) plain.erase(0, prefix.size());
        if (plain == "DDE") return Finding::odf_dde;
        if (plain == "HYPERLINK") return hyperlink();
        if (plain == "INDIRECT") m_indirect = true;
        return function_names().contains(plain) ? Finding::none : Finding::odf_active_formula;
    }

    // The address must be written out, so that it can be looked at.
    Finding hyperlink() {
        while (now() == ' ') ++m_at;
        if (now() != '"') return Finding::odf_active_formula;
        const std::string address = skip_quoted('"');
        while (now() == ' ') ++m_at;
        if (now() != ';' && now() != ',' && now() != ')') return Finding::odf_active_formula;
        const bool safe = address.starts_with('#') || leads_out_safely(address);
        return safe && spelled_address(address) ? Finding::none : Finding::odf_active_formula;
    }

    std::string_view m_formula;
    const NamesGone& m_gone;
    bool m_condition;
    std::size_t m_at = 0;
    unsigned m_braces = 0;
    bool m_indirect = false;
    bool m_leading_text = false; // a text that could name another document
};

Finding excel_formula(std::string_view formula) {
    switch (ooxml::judge_formula(formula, {})) {
    case Finding::none:
        return Finding::none;
    case Finding::ooxml_dde_link:
        return Finding::odf_dde;
    case Finding::ooxml_external_link:
        return Finding::odf_external_source;
    default:
        return Finding::odf_active_formula;
    }
}

constexpr std::array syntaxes = {std::string_view("of:"), std::string_view("oooc:"), std::string_view("ooow:")};

} // namespace

std::string small_letters(std::string_view name) {
    std::string small(name);
    for (char& character : small)
        if (character >= 'A' && character <= 'Z') character = static_cast<char>(character + 32);
    return small;
}

Finding judge_formula(std::string_view formula, const NamesGone& gone) {
    if (formula.starts_with("msoxl:")) return excel_formula(formula.substr(6));
    for (const std::string_view syntax : syntaxes)
        if (formula.starts_with(syntax)) return Judge(formula.substr(syntax.size()), gone, false).verdict();
    const std::size_t prefix = formula.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789");
    const bool foreign =
        prefix != formula.npos && prefix > 0 && formula[prefix] == ':' && formula.substr(prefix).starts_with(":=");
    return foreign ? Finding::odf_active_formula : Judge(formula, gone, false).verdict();
}

Finding judge_condition(std::string_view condition, const NamesGone& gone) {
    for (const std::string_view syntax : syntaxes)
        if (condition.starts_with(syntax)) return Judge(condition.substr(syntax.size()), gone, true).verdict();
    if (condition.starts_with("msoxl:")) return excel_formula(condition.substr(6));
    return Judge(condition, gone, true).verdict();
}

bool range_is_inside(std::string_view range) {
    bool quoted = false; // a doubled quote ends and begins
    for (std::size_t at = 0; at < range.size(); ++at) {
        if (range[at] == '\'') {
            quoted = !quoted;
            continue;
        }
        if (quoted) continue;
        const bool outside = range[at] == '#' && !range.substr(at).starts_with("#REF!");
        if (outside || range[at] == '/' || range[at] == '\\' || range[at] == '|') return false;
    }
    return true;
}

bool is_table_of_another_document(std::string_view name) {
    return name.starts_with('\'') && name.find("'#") != name.npos;
}

} // namespace sekisho::odf
