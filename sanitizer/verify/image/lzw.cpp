#include "sanitizer/verify/image/lzw.h"

#include <algorithm>
#include <array>

namespace sekisho::verify {

namespace {

constexpr unsigned most_codes = 4096;

class Walk {
public:
    Walk(View stream, const LzwShape& shape) : m_stream(stream), m_shape(shape), m_end(1U << shape.symbol_bits) {
        for (unsigned i = 0; i < m_end; ++i) m_entries[i] = {1, static_cast<std::uint8_t>(i)};
    }

    bool run(std::uint64_t count) {
        bool cleared = false;
        std::uint64_t left = count;
        for (;;) {
            unsigned code = 0;
            if (!next(code)) return false;
            if (code == m_end) { // clear
                m_width = m_shape.symbol_bits + 1;
                m_size = m_end + 2;
                m_fresh = true;
                cleared = true;
                continue;
            }
            if (!cleared) return false;
            if (code == m_end + 1) break;
            if (!step(code) || m_entries[code].length > left) return false;
            left -= m_entries[code].length;
        }
        return left == 0 && at_end();
    }

private:
    struct Entry {
        std::uint32_t length = 0;
        std::uint8_t first = 0;
    };

    bool next(unsigned& code) {
        code = 0;
        for (unsigned i = 0; i < m_width; ++i, ++m_bit) {
            const std::size_t byte = m_bit / 8;
            if (byte >= m_stream.size()) return false;
            const unsigned place = static_cast<unsigned>(m_bit % 8);
            if (m_shape.high_first)
                code = code << 1 | (m_stream[byte] >> (7 - place) & 1U);
            else
                code |= (m_stream[byte] >> place & 1U) << i;
        }
        return true;
    }

    // The last byte is the one that holds the end code's last bit, filled with zeros.
    bool at_end() {
        if ((m_bit + 7) / 8 != m_stream.size()) return false;
        for (; m_bit % 8 != 0; ++m_bit) {
            const unsigned place = static_cast<unsigned>(m_bit % 8);
            if ((m_stream[m_bit / 8] >> (m_shape.high_first ? 7 - place : place) & 1U) != 0) return false;
        }
        return true;
    }

    bool step(unsigned code) {
        const bool symbol = code < m_end;
        if (symbol && code >= m_shape.symbols) return false;
        if (m_fresh) {
            m_fresh = false;
            m_before = code;
            return symbol;
        }
        if (code > m_size || m_size >= most_codes) return false; // our writers start anew before the table is full
        m_entries[m_size] = {m_entries[m_before].length + 1, m_entries[m_before].first};
        ++m_size;
        const unsigned early = m_shape.high_first ? 1 : 0;
        if (m_size + early == 1U << m_width && m_width < 12) ++m_width;
        m_before = code;
        return true;
    }

    View m_stream;
    LzwShape m_shape;
    unsigned m_end;
    std::size_t m_bit = 0;
    unsigned m_width = m_shape.symbol_bits + 1;
    unsigned m_size = 0;
    unsigned m_before = 0;
    bool m_fresh = true;
    std::array<Entry, most_codes> m_entries{};
};

} // namespace

bool is_exact_lzw(View stream, const LzwShape& shape, std::uint64_t count) {
    Walk walk(stream, shape);
    return walk.run(count);
}

} // namespace sekisho::verify
