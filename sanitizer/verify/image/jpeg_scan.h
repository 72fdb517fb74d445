// The entropy-coded data of one sequential scan (ITU-T T.81 annex F), walked code by code without computing pixels.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::verify {

// One Huffman table. What a code says is kept as what the walk needs: bits to skip and coefficients to advance.
class HuffmanTable {
public:
    // `counts` of codes of 1 to 16 bits and their symbols; false if they are no prefix code or no symbol of the kind.
    bool set(bool for_ac, View counts, View symbols);
    bool defined() const { return m_defined; }

    struct Code {
        std::uint8_t bits = 0;    // of the code and the value behind it; 0: there is no such code
        std::uint8_t advance = 0; // coefficients; 64: end of block
    };
    Code look_up(std::uint32_t next_16_bits) const {
        const Code fast = m_fast[next_16_bits >> (16 - fast_bits)];
        return fast.bits != 0 ? fast : slow(next_16_bits);
    }

private:
    static constexpr unsigned fast_bits = 10;
    Code slow(std::uint32_t next_16_bits) const;
    void fill_fast(std::uint32_t code, unsigned length, Code entry);

    bool m_defined = false;
    std::array<Code, 1U << fast_bits> m_fast{};
    std::array<std::uint32_t, 17> m_end{}; // of the codes of each length, left-aligned to 16 bits
    std::array<std::uint32_t, 17> m_first{};
    std::array<std::uint32_t, 17> m_index{};
    std::vector<Code> m_codes;
};

struct ScanComponent {
    unsigned blocks = 1; // per MCU
    const HuffmanTable* dc = nullptr;
    const HuffmanTable* ac = nullptr;
};

// Walks `units` MCUs from the start of `data`. Returns the bytes up to the next marker, or 0 if they do not decode
// exactly: a wrong code, too many coefficients, too few bytes, bytes left over, padding that is not ones.
std::size_t walk_scan(View data, std::uint64_t units, std::span<const ScanComponent> components);

} // namespace sekisho::verify
