#include <algorithm>
#include <array>
#include <string_view>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/formats/pdf/codecs.h"

namespace sekisho::pdf {

namespace {

// ITU-T T.4, tables 2 and 3: the codes of runs 0 to 63, then of 64, 128, ... 1728.
constexpr std::string_view white_codes =
    "00110101 000111 0111 1000 1011 1100 1110 1111 10011 10100 00111 01000 001000 000011 110100 110101 101010 101011 "
    "0100111 0001100 0001000 0010111 0000011 0000100 0101000 0101011 0010011 0100100 0011000 00000010 00000011 "
    "00011010 "
    "00011011 00010010 00010011 00010100 00010101 00010110 00010111 00101000 00101001 00101010 00101011 00101100 "
    "00101101 "
    "00000100 00000101 00001010 00001011 01010010 01010011 01010100 01010101 00100100 00100101 01011000 01011001 "
    "01011010 "
    "01011011 01001010 01001011 00110010 00110011 00110100 "
    "11011 10010 010111 0110111 00110110 00110111 01100100 01100101 01101000 01100111 011001100 011001101 011010010 "
    "011010011 011010100 011010101 011010110 011010111 011011000 011011001 011011010 011011011 010011000 010011001 "
    "010011010 011000 010011011 ";
constexpr std::string_view black_codes =
    "0000110111 010 11 10 011 0011 0010 00011 000101 000100 0000100 0000101 0000111 00000100 00000111 000011000 "
    "0000010111 "
    "0000011000 0000001000 00001100111 00001101000 00001101100 00000110111 00000101000 00000010111 00000011000 "
    "000011001010 "
    "000011001011 000011001100 000011001101 000001101000 000001101001 000001101010 000001101011 000011010010 "
    "000011010011 "
    "000011010100 000011010101 000011010110 000011010111 000001101100 000001101101 000011011010 000011011011 "
    "000001010100 "
    "000001010101 000001010110 000001010111 000001100100 000001100101 000001010010 000001010011 000000100100 "
    "000000110111 "
    "000000111000 000000100111 000000101000 000001011000 000001011001 000000101011 000000101100 000001011010 "
    "000001100110 "
    "000001100111 "
    "0000001111 000011001000 000011001001 000001011011 000000110011 000000110100 000000110101 0000001101100 "
    "0000001101101 "
    "0000001001010 0000001001011 0000001001100 0000001001101 0000001110010 0000001110011 0000001110100 0000001110101 "
    "0000001110110 0000001110111 0000001010010 0000001010011 0000001010100 0000001010101 0000001011010 0000001011011 "
    "0000001100100 0000001100101 ";
// Runs 1792, 1856, ... 2560 of either colour.
constexpr std::string_view long_codes = "00000001000 00000001100 00000001101 000000010010 000000010011 000000010100 "
                                        "000000010101 000000010110 000000010111 000000011100 000000011101 000000011110 "
                                        "000000011111 ";

constexpr unsigned longest_code = 13;

struct Code {
    std::uint16_t run = 0;
    std::uint8_t length = 0; // 0: no such code
};
using CodeTable = std::array<Code, 1U << longest_code>;

constexpr void add_codes(CodeTable& table, std::string_view codes, unsigned first) {
    unsigned index = first;
    unsigned value = 0;
    unsigned length = 0;
    for (const char c : codes) {
        if (c != ' ') {
            value = value * 2 + (c == '1' ? 1U : 0U);
            ++length;
            continue;
        }
        const unsigned run = index < 64 ? index : (index - 63) * 64;
        const unsigned start = value << (longest_code - length);
        for (unsigned i = 0; i < 1U << (longest_code - length); ++i)
            table[start + i] = {static_cast<std::uint16_t>(run), static_cast<std::uint8_t>(length)};
        ++index, value = 0, length = 0;
    }
}

constexpr CodeTable make_table(std::string_view codes) {
    CodeTable table{};
    add_codes(table, codes, 0);
    add_codes(table, long_codes, 64 + 27);
    return table;
}

const CodeTable white_table = make_table(white_codes);
const CodeTable black_table = make_table(black_codes);

class Fax {
public:
    Fax(View data, const FaxParameters& parameters)
        : m_data(data), m_parameters(parameters), m_columns(static_cast<std::int64_t>(parameters.columns)) {}

    // Reads one row into `row`, positions where the colour changes, starting from white. False at the end.
    bool next_row();
    const std::vector<std::int64_t>& row() const { return m_row; }

private:
    unsigned peek(unsigned count) const;
    bool at_end() const { return m_bit >= m_data.size() * 8; }
    bool skip_end_of_line();
    std::int64_t run(bool black);
    bool row_1d();
    bool row_2d();
    bool change(std::int64_t position);
    std::int64_t reference(std::size_t index) const {
        return index < m_reference.size() ? m_reference[index] : m_columns;
    }
    std::size_t find_b1(std::int64_t a0, bool black) const;

    View m_data;
    FaxParameters m_parameters;
    std::int64_t m_columns;
    std::size_t m_bit = 0;
    std::vector<std::int64_t> m_row;
    std::vector<std::int64_t> m_reference;
    mutable std::size_t m_hint = 0;
};

unsigned Fax::peek(unsigned count) const {
    std::uint32_t window = 0;
    const std::size_t byte = m_bit / 8;
    for (std::size_t i = 0; i < 4; ++i) window = window << 8 | (byte + i < m_data.size() ? m_data[byte + i] : 0U);
    return (window << (m_bit % 8)) >> (32 - count);
}

// An end-of-line code may be preceded by any number of fill bits.
bool Fax::skip_end_of_line() {
    const std::size_t before = m_bit;
    while (!at_end() && peek(12) == 0) ++m_bit;
    if (peek(12) == 1 && !at_end()) {
        m_bit += 12;
        return true;
    }
    m_bit = before;
    return false;
}

std::int64_t Fax::run(bool black) {
    std::int64_t total = 0;
    while (true) {
        const Code code = (black ? black_table : white_table)[peek(longest_code)];
        if (code.length == 0 || at_end()) return -1;
        m_bit += code.length;
        total += code.run;
        if (total > m_columns) return m_columns;
        if (code.run < 64) return total;
    }
}

bool Fax::change(std::int64_t position) {
    if (position < 0 || position > m_columns || (!m_row.empty() && position < m_row.back())) return false;
    m_row.push_back(position);
    return true;
}

bool Fax::row_1d() {
    std::int64_t at = 0;
    for (bool black = false; at < m_columns; black = !black) {
        const std::int64_t length = run(black);
        if (length < 0) return false;
        at = std::min(at + length, m_columns);
        if (!change(at)) return false;
    }
    return true;
}

// The first change of the row above that lies right of a0 and starts the other colour.
std::size_t Fax::find_b1(std::int64_t a0, bool black) const {
    std::size_t index = m_hint;
    while (index > 0 && reference(index - 1) > a0) --index;
    while (index < m_reference.size() && reference(index) <= a0) ++index;
    m_hint = index;
    return index % 2 == (black ? 1U : 0U) ? index : index + 1;
}

bool Fax::row_2d() {
    std::int64_t a0 = -1;
    bool black = false;
    m_hint = 0;
    while (a0 < m_columns) {
        const std::size_t b1 = find_b1(a0, black);
        const unsigned bits = peek(7);
        std::int64_t shift = 0;
        if (at_end()) return false;
        if (bits >> 3 == 1) { // 0001 pass
            m_bit += 4;
            a0 = reference(b1 + 1);
            continue;
        }
        if (bits >> 4 == 1) { // 001 horizontal
            m_bit += 3;
            const std::int64_t first = run(black);
            const std::int64_t second = first < 0 ? -1 : run(!black);
            if (second < 0) return false;
            const std::int64_t a1 = std::min(std::max<std::int64_t>(a0, 0) + first, m_columns);
            a0 = std::min(a1 + second, m_columns);
            if (!change(a1) || !change(a0)) return false;
            continue;
        }
        if (bits >> 6 == 1)
            m_bit += 1;
        else if (bits >> 4 == 3)
            m_bit += 3, shift = 1;
        else if (bits >> 4 == 2)
            m_bit += 3, shift = -1;
        else if (bits >> 1 == 3)
            m_bit += 6, shift = 2;
        else if (bits >> 1 == 2)
            m_bit += 6, shift = -2;
        else if (bits == 3)
            m_bit += 7, shift = 3;
        else if (bits == 2)
            m_bit += 7, shift = -3;
        else
            return false;
        a0 = reference(b1) + shift;
        if (!change(a0)) return false;
        black = !black;
    }
    return true;
}

bool Fax::next_row() {
    m_reference.swap(m_row);
    m_row.clear();
    if (m_parameters.byte_align) m_bit = (m_bit + 7) / 8 * 8;
    if (m_parameters.k < 0) return !at_end() && row_2d();
    if (skip_end_of_line() && m_parameters.k == 0 && peek(12) == 1) return false; // return to control
    if (at_end()) return false;
    if (m_parameters.k == 0) return row_1d();
    const bool one_dimension = peek(1) == 1;
    ++m_bit;
    if (one_dimension && peek(12) == 1) return false;
    return one_dimension ? row_1d() : row_2d();
}

} // namespace

Result<Bytes> decode_fax(View data, const FaxParameters& parameters, std::uint32_t rows) {
    if (parameters.columns == 0 || parameters.columns > 1U << 20 || rows > 1U << 20)
        return refuse(Reason::limit_pixels);
    const std::size_t row_size = (static_cast<std::size_t>(parameters.columns) + 7) / 8;
    Bytes out(row_size * rows, parameters.black_is_1 ? 0x00 : 0xFF);
    Fax fax(data, parameters);
    for (std::uint32_t y = 0; y < rows; ++y) {
        const bool whole = fax.next_row();
        const auto& changes = fax.row();
        std::uint8_t* row = out.data() + row_size * y;
        for (std::size_t i = 0; i < changes.size(); i += 2) {
            const auto end = i + 1 < changes.size() ? static_cast<std::size_t>(changes[i + 1]) : parameters.columns;
            for (auto x = static_cast<std::size_t>(changes[i]); x < end;) {
                if (x % 8 == 0 && end - x >= 8) {
                    row[x / 8] = parameters.black_is_1 ? 0xFF : 0x00;
                    x += 8;
                    continue;
                }
                row[x / 8] = static_cast<std::uint8_t>(row[x / 8] ^ (0x80 >> (x % 8)));
                ++x;
            }
        }
        if (!whole) break;
    }
    return out;
}

} // namespace sekisho::pdf
