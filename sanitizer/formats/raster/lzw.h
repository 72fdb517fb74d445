// The two dialects of LZW that pictures use: GIF89a appendix F (low bit first) and TIFF 6.0 section 13 (high bit first,
// codes grow one entry early).
#pragma once

#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::raster {

enum class LzwDialect : std::uint8_t { gif, tiff };

// One whole stream: clear code, data, end code. `bits` of a symbol: 2..8.
Bytes lzw_pack(View symbols, unsigned bits, LzwDialect dialect);

// Reads the GIF dialect, piece by piece.
class GifUnpacker {
public:
    // `bits` 1..8. At most `most` symbols are kept, more are ignored.
    GifUnpacker(unsigned bits, std::size_t most);
    // False when the stream is over: its end code, a code that cannot be, or enough symbols.
    bool add(View packed);
    const Bytes& symbols() const { return m_symbols; }
    Bytes take() { return std::move(m_symbols); }
    bool damaged() const { return m_damaged; }

private:
    static constexpr unsigned most_codes = 4096;

    void reset();
    bool take_code(unsigned code);
    void append(unsigned code);

    unsigned m_bits;
    std::size_t m_most;
    unsigned m_width = 0;
    unsigned m_next = 0;
    unsigned m_before; // the code before, or most_codes
    unsigned m_held = 0;
    unsigned m_held_bits = 0;
    bool m_over = false;
    bool m_damaged = false;
    std::vector<std::uint16_t> m_prefix;
    Bytes m_last;
    Bytes m_symbols;
    Bytes m_stack;
};

} // namespace sekisho::raster
