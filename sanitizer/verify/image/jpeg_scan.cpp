#include "sanitizer/verify/image/jpeg_scan.h"

#include <algorithm>
#include <utility>

namespace sekisho::verify {

namespace {

constexpr unsigned end_of_block = 64;

// What a symbol makes the walk do (T.81 F.1.2); bits 0 if no sequential picture may use it.
HuffmanTable::Code meaning(bool for_ac, std::uint8_t symbol, unsigned length) {
    const unsigned run = symbol >> 4;
    const unsigned size = symbol & 15U;
    const auto bits = static_cast<std::uint8_t>(length + size);
    if (!for_ac) return symbol <= 11 ? HuffmanTable::Code{bits, 1} : HuffmanTable::Code{};
    if (symbol == 0x00) return {bits, end_of_block};
    if (symbol == 0xF0) return {bits, 16};
    if (size == 0 || size > 10) return {};
    return {bits, static_cast<std::uint8_t>(run + 1)};
}

class BitReader {
public:
    explicit BitReader(View data) : m_data(data) {}

    // At least 32 bits are there afterwards; zeros behind the end of the data.
    void refill() {
        while (m_count <= 56) {
            std::uint64_t byte = 0;
            if (!at_marker()) {
                byte = m_data[m_position];
                m_position += byte == 0xFF ? 2 : 1; // a stuffed zero follows
            } else {
                m_borrowed += 8;
            }
            m_bits |= byte << (56 - m_count);
            m_count += 8;
        }
    }
    std::uint32_t next_16() const { return static_cast<std::uint32_t>(m_bits >> 48); }
    void skip(unsigned count) {
        m_bits <<= count;
        m_count -= count;
    }
    bool enough() const { return m_count >= m_borrowed; }
    // Fewer than eight bits are left, and they are ones.
    bool padded() const {
        const unsigned left = m_count - m_borrowed;
        return enough() && left < 8 && at_marker() && (left == 0 || m_bits >> (64 - left) == (1ULL << left) - 1);
    }
    std::size_t position() const { return m_position; }

private:
    bool at_marker() const {
        return m_position >= m_data.size() ||
               (m_data[m_position] == 0xFF && (m_position + 1 >= m_data.size() || m_data[m_position + 1] != 0));
    }

    View m_data;
    std::size_t m_position = 0;
    std::uint64_t m_bits = 0; // the next bit is the highest
    unsigned m_count = 0;
    unsigned m_borrowed = 0; // zeros that are not in the data
};

bool walk_block(BitReader& reader, const ScanComponent& component) {
    reader.refill();
    const HuffmanTable::Code dc = component.dc->look_up(reader.next_16());
    if (dc.bits == 0) return false;
    reader.skip(dc.bits);
    for (unsigned coefficient = 1; coefficient < 64;) {
        reader.refill();
        const HuffmanTable::Code ac = component.ac->look_up(reader.next_16());
        if (ac.bits == 0) return false;
        reader.skip(ac.bits);
        if (ac.advance == end_of_block) break;
        coefficient += ac.advance;
        if (coefficient > 64) return false;
    }
    return reader.enough();
}

} // namespace

void HuffmanTable::fill_fast(std::uint32_t code, unsigned length, Code entry) {
    if (length > fast_bits) return;
    const std::uint32_t first = code << (fast_bits - length);
    std::fill_n(m_fast.begin() + first, std::size_t{1} << (fast_bits - length), entry);
}

// T.81 annex C. The code of all ones must stay free.
bool HuffmanTable::set(bool for_ac, View counts, View symbols) {
    *this = HuffmanTable();
    std::uint32_t code = 0;
    std::size_t index = 0;
    std::array<bool, 256> seen{};
    for (unsigned length = 1; length <= 16; ++length) {
        m_first[length] = code;
        m_index[length] = static_cast<std::uint32_t>(index);
        for (unsigned i = 0; i < counts[length - 1]; ++i, ++code) {
            if (index >= symbols.size() || code + 1 >= 1U << length) return false;
            const std::uint8_t symbol = symbols[index++];
            const Code entry = meaning(for_ac, symbol, length);
            if (entry.bits == 0 || std::exchange(seen[symbol], true)) return false;
            m_codes.push_back(entry);
            fill_fast(code, length, entry);
        }
        m_end[length] = code << (16 - length);
        code <<= 1;
    }
    m_defined = index == symbols.size() && index != 0;
    return m_defined;
}

HuffmanTable::Code HuffmanTable::slow(std::uint32_t next_16_bits) const {
    for (unsigned length = fast_bits + 1; length <= 16; ++length)
        if (next_16_bits < m_end[length]) {
            const std::uint32_t code = next_16_bits >> (16 - length);
            if (code < m_first[length]) return {};
            return m_codes[m_index[length] + code - m_first[length]];
        }
    return {};
}

std::size_t walk_scan(View data, std::uint64_t units, std::span<const ScanComponent> components) {
    BitReader reader(data);
    for (std::uint64_t unit = 0; unit < units; ++unit)
        for (const ScanComponent& component : components)
            for (unsigned block = 0; block < component.blocks; ++block)
                if (!walk_block(reader, component)) return 0;
    return reader.padded() ? reader.position() : 0;
}

} // namespace sekisho::verify
