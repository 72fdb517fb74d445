#include "sanitizer/verify/text/cells.h"

#include <string_view>

namespace sekisho::verify {

namespace {

constexpr std::u32string_view signs = U"+-\u2212\uFE62\uFE63\uFF0B\uFF0D";
constexpr std::u32string_view equals = U"=@\uFE66\uFE6B\uFF1D\uFF20";
constexpr std::u32string_view call_marks = U"(!\uFF08\uFF01";
constexpr std::u32string_view pipes = U"|\uFF5C";
// Characters behind a sign beyond which a cell is no number or word any more.
constexpr std::uint32_t longest_signed = 2048;

bool one_of(std::u32string_view set, char32_t point) {
    return set.find(point) != std::u32string_view::npos;
}

bool is_separator(char32_t point) {
    switch (point) {
    case ',':
    case ';':
    case '\t':
    case '\r':
    case '\n':
    case 0x2028:
    case 0x2029:
        return true;
    default:
        return false;
    }
}

bool is_blank(char32_t point) {
    if (point >= 0x2000 && point <= 0x200F) return true;
    if (point >= 0x205F && point <= 0x206F) return true;
    return one_of(U" \f\u00A0\u00AD\u061C\u180E\u202F\u3000\uFEFF", point);
}

bool is_letter(char32_t point) {
    const char32_t narrow = point >= 0xFF21 && point <= 0xFF5A ? point - 0xFEE0 : point;
    const char32_t lower = narrow | 0x20U;
    return narrow < 0x80 && lower >= 'a' && lower <= 'z';
}

} // namespace

void Cells::Candidate::end_at(char32_t point) {
    if (point == '"' || (!quoted && is_separator(point))) open = false;
}

void Cells::begin(char32_t point) {
    if (one_of(signs, point) && !m_signed.open) m_signed = {.open = true, .quoted = m_quoted};
    if (one_of(equals, point) && !m_equal.open) m_equal = {.open = true, .quoted = m_quoted};
    if (point == '"')
        m_quoted = true;
    else if (!is_blank(point))
        m_start = false;
}

bool Cells::runs(char32_t point) {
    m_signed.end_at(point);
    m_equal.end_at(point);
    if (m_equal.open && !one_of(signs, point) && !one_of(equals, point) && !is_separator(point) && !is_blank(point))
        return true;
    if (!m_signed.open) return false;
    m_signed.letter = m_signed.letter || is_letter(point);
    m_signed.call = m_signed.call || one_of(call_marks, point);
    return one_of(pipes, point) || (m_signed.letter && m_signed.call) || ++m_signed.length > longest_signed;
}

bool Cells::next(char32_t point) {
    if ((m_signed.open || m_equal.open) && runs(point)) return false;
    if (is_separator(point)) {
        m_start = true;
        m_quoted = false;
    } else if (m_start) {
        begin(point);
    }
    return true;
}

} // namespace sekisho::verify
