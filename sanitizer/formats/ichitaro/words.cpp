#include "sanitizer/formats/ichitaro/words.h"

#include <algorithm>

#include "sanitizer/formats/cad/coding.h"

namespace sekisho::ichitaro {

namespace {

// Units below 0x20.
constexpr char16_t end_of_text = 0, tab = 9, paragraph = 0xA, page = 0xC, row = 0xE;
constexpr char16_t record = 0x1C, inner_text = 0x1D, inner_end = 0x1E, starts_text = 0x1F;
// Classes of records.
constexpr char16_t inner_class = 1, cell_class = 0x30;
constexpr std::size_t inner_head = 7, inner_foot = 5, shortest_record = 8;

class Reading {
public:
    explicit Reading(std::u16string_view units) : m_units(units) {}

    Words run() {
        while (m_at < m_units.size() && m_units[m_at] != end_of_text) step();
        return std::move(m_made);
    }

private:
    char16_t at(std::size_t offset) const {
        return m_at + offset < m_units.size() ? m_units[m_at + offset] : char16_t{0};
    }

    void step() {
        const char16_t unit = m_units[m_at];
        if (unit >= 0x20) return character();
        if (unit == record) return at(1) == inner_class ? begin_inner() : skip_record();
        if (unit == inner_end) return end_inner();
        if (unit == paragraph || unit == page || unit == row)
            put("\n");
        else if (unit == tab)
            put("\t");
        else if (unit != starts_text)
            m_made.unknown = true;
        ++m_at;
    }

    void character() {
        const char16_t unit = m_units[m_at++];
        if (unit < 0xD800 || unit > 0xDFFF) return put_point(unit);
        const char16_t low = at(0);
        if (unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF) {
            m_made.unknown = true;
            return;
        }
        ++m_at;
        put_point(0x10000 + ((char32_t{unit} - 0xD800) << 10) + (char32_t{low} - 0xDC00));
    }

    // 001C class length ... length 0000 class 001F: a record says twice what it is and how long. Where it does not, all
    // up to the next start of text is left out.
    void skip_record() {
        const char16_t kind = at(1);
        const std::size_t length = at(2);
        const bool sound = length >= shortest_record && m_at + length <= m_units.size() && at(length - 4) == length &&
                           at(length - 3) == 0 && at(length - 2) == kind && at(length - 1) == starts_text;
        if (sound) {
            if (kind == cell_class && !m_made.utf8.empty() && m_made.utf8.back() != '\n') put("\t");
            m_at += length;
            return;
        }
        m_made.unknown = true;
        const std::size_t next = m_units.find(starts_text, m_at);
        m_at = next == m_units.npos ? m_units.size() : next + 1;
    }

    // 001C 0001 0007 0000 a b 001D, then the text.
    void begin_inner() {
        const bool sound = at(2) == inner_head && at(3) == 0 && at(6) == inner_text;
        if (!sound) return skip_record();
        const char16_t a = at(4), b = at(5);
        const bool shown = a == 0 && (b == 3 || b == 1);
        m_reading = a == 1 && b == 0x82;
        m_hidden = !shown && !m_reading;
        const bool instruction = a == 1 && b == 0;
        if (m_hidden && !instruction) m_made.unknown = true;
        if (m_reading) put("\uff08");
        m_at += inner_head;
    }

    // 001E 0005 0000 0001 001F
    void end_inner() {
        if (m_reading) put("\uff09");
        m_reading = m_hidden = false;
        const bool sound = at(1) == inner_foot && at(2) == 0 && at(3) == inner_class && at(4) == starts_text;
        if (!sound) m_made.unknown = true;
        m_at += sound ? inner_foot : 1;
    }

    void put(std::string_view text) {
        if (!m_hidden) m_made.utf8 += text;
    }
    void put_point(char32_t point) {
        if (!m_hidden) cad::append(m_made.utf8, point);
    }

    std::u16string_view m_units;
    std::size_t m_at = 0;
    bool m_reading = false, m_hidden = false; // of the text within the text
    Words m_made;
};

} // namespace

Words words_of(std::u16string_view units) {
    return Reading(units).run();
}

} // namespace sekisho::ichitaro
