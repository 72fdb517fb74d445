#include "sanitizer/formats/text/clean.h"

namespace sekisho::text {

namespace {

constexpr std::array<bool, 128> make_plain() {
    std::array<bool, 128> plain{};
    for (std::size_t byte = 0x20; byte < 0x7F; ++byte) plain[byte] = true;
    for (const char byte : {'\t', '\n', '\r', '\f'}) plain[static_cast<std::size_t>(byte)] = true;
    return plain;
}

constexpr auto plain = make_plain();
constexpr char32_t byte_order_mark = 0xFEFF;

// Embeddings, overrides and isolates: they show text in another order than it is stored (UAX 9, CVE-2021-42574).
bool is_bidi_control(char32_t point) {
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

// Invisible, but with honest uses. Not the joiner (emoji) and not variation selectors (names of people and places).
bool is_zero_width(char32_t point) {
    return point == 0xAD || point == 0x61C || point == 0x180E || point == 0x200B || point == 0x200C ||
           point == 0x200E || point == 0x200F || (point >= 0x2060 && point <= 0x2064) ||
           (point >= 0x206A && point <= 0x206F) || point == byte_order_mark || (point >= 0xFFF9 && point <= 0xFFFB) ||
           (point >= 0xE0000 && point <= 0xE007F);
}

} // namespace

void Cleaner::ascii(View run) {
    if (run.size() > m_pending.size() - m_pending_size) flush();
    while (run.size() > m_pending.size()) {
        ascii(run.first(m_pending.size()));
        flush();
        run = run.subspan(m_pending.size());
    }
    for (const std::uint8_t byte : run) {
        m_pending[m_pending_size] = static_cast<char>(byte);
        m_pending_size += plain[byte] ? 1U : 0U;
        m_controls += plain[byte] ? 0U : 1U;
    }
}

void Cleaner::put_other(char32_t point) {
    // C1, and what the next reader would take for a byte order mark
    if (point < 0xA0 || (point == byte_order_mark && is_at_start())) {
        ++m_controls;
        return;
    }
    if (is_bidi_control(point)) {
        ++m_bidi;
        return;
    }
    if (is_zero_width(point)) ++m_zero_width;
    if (point < 0x800) {
        append(0xC0 | point >> 6);
        append(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        append3(point);
    } else {
        append(0xF0 | point >> 18);
        append(0x80 | (point >> 12 & 0x3F));
        append(0x80 | (point >> 6 & 0x3F));
        append(0x80 | (point & 0x3F));
    }
}

} // namespace sekisho::text
