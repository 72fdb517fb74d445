#include <algorithm>
#include <array>
#include <memory>

#include "sanitizer/formats/raster/lzw.h"

namespace sekisho::raster {

namespace {

constexpr unsigned longest_code = 12;

// Strings that have a code: (code of all but the last symbol, last symbol) -> code, by open addressing.
class Strings {
public:
    void clear() { m_keys.fill(0); }

    // The slot of the string; its code is there if `known`.
    std::size_t find(std::uint32_t prefix, std::uint8_t symbol, bool& known) const {
        const std::uint32_t key = (prefix << 8 | symbol) + 1;
        std::size_t slot = (key * 2654435761U) >> (32 - slot_bits);
        while (m_keys[slot] != 0 && m_keys[slot] != key) slot = (slot + 1) % m_keys.size();
        known = m_keys[slot] == key;
        return slot;
    }
    std::uint16_t code(std::size_t slot) const { return m_codes[slot]; }
    void set(std::size_t slot, std::uint32_t prefix, std::uint8_t symbol, std::uint16_t code) {
        m_keys[slot] = (prefix << 8 | symbol) + 1;
        m_codes[slot] = code;
    }

private:
    static constexpr unsigned slot_bits = 14; // four times the number of codes
    std::array<std::uint32_t, 1U << slot_bits> m_keys{};
    std::array<std::uint16_t, 1U << slot_bits> m_codes{};
};

class Packer {
public:
    Packer(unsigned bits, LzwDialect dialect)
        : m_clear(1U << bits), m_width(bits + 1), m_gif(dialect == LzwDialect::gif), m_first_width(bits + 1) {}

    Bytes run(View symbols) {
        restart();
        if (!symbols.empty()) pack(symbols);
        put(m_clear + 1);
        if (m_held_bits != 0) flush_last();
        return std::move(m_out);
    }

private:
    void pack(View symbols) {
        std::uint32_t prefix = symbols[0];
        for (const std::uint8_t symbol : symbols.subspan(1)) {
            bool known = false;
            const std::size_t slot = m_strings.find(prefix, symbol, known);
            if (known) {
                prefix = m_strings.code(slot);
                continue;
            }
            put(prefix);
            m_strings.set(slot, prefix, symbol, static_cast<std::uint16_t>(m_next));
            advance();
            prefix = symbol;
        }
        put(prefix);
        advance(); // the reader makes an entry here, too
    }

    // After each code the table has one more entry; codes get longer, or all starts anew.
    void advance() {
        ++m_next;
        const unsigned full = m_gif ? 4096 : 4094;
        const unsigned lag = m_gif ? 1 : 0; // GIF's reader is one entry behind
        if (m_next >= full)
            restart();
        else if (m_next - lag == 1U << m_width && m_width < longest_code)
            ++m_width;
    }

    void restart() {
        put(m_clear);
        m_strings.clear();
        m_next = m_clear + 2;
        m_width = m_first_width;
    }

    void put(std::uint32_t code) {
        if (m_gif)
            m_held |= code << m_held_bits;
        else
            m_held = m_held << m_width | code;
        m_held_bits += m_width;
        while (m_held_bits >= 8) {
            m_held_bits -= 8;
            m_out.push_back(static_cast<std::uint8_t>(m_gif ? m_held : m_held >> m_held_bits));
            if (m_gif) m_held >>= 8;
        }
        if (!m_gif) m_held &= (1U << m_held_bits) - 1;
    }

    void flush_last() { m_out.push_back(static_cast<std::uint8_t>(m_gif ? m_held : m_held << (8 - m_held_bits))); }

    unsigned m_clear;
    unsigned m_width;
    bool m_gif;
    unsigned m_first_width;
    unsigned m_next = 0;
    std::uint32_t m_held = 0;
    unsigned m_held_bits = 0;
    Strings m_strings;
    Bytes m_out;
};

} // namespace

Bytes lzw_pack(View symbols, unsigned bits, LzwDialect dialect) {
    const auto packer = std::make_unique<Packer>(bits, dialect);
    return packer->run(symbols);
}

} // namespace sekisho::raster
