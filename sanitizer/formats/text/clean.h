// The writer of text: code points in, UTF-8 out, without what a text file must not carry.
#pragma once

#include <array>
#include <string>

#include "base/bytes/bytes.h"

namespace sekisho::text {

class Cleaner {
public:
    // A run of bytes below 0x80.
    void ascii(View run);
    // A code point from 0x80.
    void put(char32_t point) {
        if (m_pending_size + longest > m_pending.size()) flush();
        if (point >= 0x3000 && point < 0xFE00) [[likely]]
            return append3(point);
        put_other(point);
    }

    // Whole characters; the caller empties it.
    std::string& text() {
        flush();
        return m_text;
    }
    std::uint64_t controls() const { return m_controls; }
    std::uint64_t bidi() const { return m_bidi; }
    std::uint64_t zero_width() const { return m_zero_width; }

private:
    static constexpr std::size_t longest = 4; // bytes of a character

    void flush() {
        m_began = m_began || m_pending_size != 0;
        m_text.append(m_pending.data(), m_pending_size);
        m_pending_size = 0;
    }
    bool is_at_start() const { return !m_began && m_pending_size == 0; }
    void put_other(char32_t point);
    void append(unsigned byte) { m_pending[m_pending_size++] = static_cast<char>(byte); }
    void append3(char32_t point) {
        append(0xE0 | point >> 12);
        append(0x80 | (point >> 6 & 0x3F));
        append(0x80 | (point & 0x3F));
    }

    std::string m_text;
    std::array<char, 4096> m_pending; // appending single characters to a string is slow
    std::size_t m_pending_size = 0;
    bool m_began = false;
    std::uint64_t m_controls = 0;
    std::uint64_t m_bidi = 0;
    std::uint64_t m_zero_width = 0;
};

} // namespace sekisho::text
