// A UTF-8 automaton of one byte at a time (Unicode 15, table 3-7).
#pragma once

#include <cstdint>

namespace sekisho::verify {

class Utf8 {
public:
    enum class Got : std::uint8_t { nothing, character, error };

    Got next(std::uint8_t byte) {
        if (m_missing == 0) return first(byte);
        if (byte < m_low || byte > m_high) return Got::error;
        m_low = 0x80;
        m_high = 0xBF;
        m_point = m_point * 64 + (byte - 0x80U);
        return --m_missing == 0 ? Got::character : Got::nothing;
    }
    char32_t point() const { return m_point; }
    bool between_characters() const { return m_missing == 0; }

private:
    Got first(std::uint8_t byte) {
        m_low = 0x80;
        m_high = 0xBF;
        if (byte < 0x80) {
            m_point = byte;
            return Got::character;
        }
        if (byte < 0xC2 || byte > 0xF4) return Got::error;
        if (byte < 0xE0) return open(1, byte - 0xC0U);
        if (byte == 0xE0) m_low = 0xA0;
        if (byte == 0xED) m_high = 0x9F; // no surrogates
        if (byte < 0xF0) return open(2, byte - 0xE0U);
        if (byte == 0xF0) m_low = 0x90;
        if (byte == 0xF4) m_high = 0x8F;
        return open(3, byte - 0xF0U);
    }
    Got open(unsigned missing, unsigned bits) {
        m_missing = missing;
        m_point = bits;
        return Got::nothing;
    }

    char32_t m_point = 0;
    unsigned m_missing = 0;
    std::uint8_t m_low = 0x80;
    std::uint8_t m_high = 0xBF;
};

} // namespace sekisho::verify
