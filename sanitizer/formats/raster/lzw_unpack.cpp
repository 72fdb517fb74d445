#include "sanitizer/formats/raster/lzw.h"

namespace sekisho::raster {

GifUnpacker::GifUnpacker(unsigned bits, std::size_t most)
    : m_bits(bits), m_most(most), m_before(most_codes), m_prefix(most_codes), m_last(most_codes) {
    for (unsigned symbol = 0; symbol < 1U << bits; ++symbol) m_last[symbol] = static_cast<std::uint8_t>(symbol);
    m_symbols.reserve(most);
    reset();
}

void GifUnpacker::reset() {
    m_width = m_bits + 1;
    m_next = (1U << m_bits) + 2;
    m_before = most_codes;
}

bool GifUnpacker::add(View packed) {
    for (const std::uint8_t byte : packed) {
        if (m_over) return false;
        m_held |= static_cast<unsigned>(byte) << m_held_bits;
        m_held_bits += 8;
        while (m_held_bits >= m_width && !m_over) {
            const unsigned code = m_held & ((1U << m_width) - 1);
            m_held >>= m_width;
            m_held_bits -= m_width;
            m_over = !take_code(code);
        }
    }
    return !m_over;
}

// The symbols of a code lie in a chain from the last to the first.
void GifUnpacker::append(unsigned code) {
    m_stack.clear();
    for (; code >= 1U << m_bits; code = m_prefix[code]) m_stack.push_back(m_last[code]);
    m_stack.push_back(m_last[code]);
    for (std::size_t i = m_stack.size(); i-- > 0 && m_symbols.size() < m_most;) m_symbols.push_back(m_stack[i]);
}

bool GifUnpacker::take_code(unsigned code) {
    const unsigned clear = 1U << m_bits;
    if (code == clear) {
        reset();
        return true;
    }
    if (code == clear + 1) return false;
    const bool newest = code == m_next && m_before != most_codes && m_next < most_codes;
    if ((code > clear && code >= m_next && !newest) || (m_before == most_codes && code > clear)) {
        m_damaged = true;
        return false;
    }
    if (m_before != most_codes && m_next < most_codes) {
        unsigned first = newest ? m_before : code;
        while (first >= clear) first = m_prefix[first];
        m_prefix[m_next] = static_cast<std::uint16_t>(m_before);
        m_last[m_next] = m_last[first];
        ++m_next;
        if (m_next == 1U << m_width && m_width < 12) ++m_width;
    }
    append(code);
    m_before = code;
    return m_symbols.size() < m_most;
}

} // namespace sekisho::raster
