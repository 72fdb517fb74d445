// Mappings of the Japanese charsets, made once from ICU's converters. 0 means "not mapped".
#pragma once

#include <array>
#include <cstdint>

namespace sekisho::text {

struct Tables {
    std::array<char16_t, 65536> cp932{};     // lead << 8 | trail; Windows-31J: NEC and IBM extensions, private use
    std::array<char16_t, 94 * 94> jis0212{}; // (row - 1) * 94 + cell - 1
};

const Tables& tables();

// A JIS X 0208 pair (both 0x21..0x7E) as the CP932 bytes of the same character, so that EUC-JP and ISO-2022-JP agree
// with Windows about the dash and the wave, as CP51932 does.
constexpr std::uint32_t cp932_of_jis(std::uint32_t row, std::uint32_t cell) {
    std::uint32_t lead = (row - 0x21) / 2 + 0x81;
    if (lead > 0x9F) lead += 0x40;
    const std::uint32_t trail = row % 2 == 1 ? cell + (cell >= 0x60 ? 0x20 : 0x1F) : cell + 0x7E;
    return lead << 8 | trail;
}

} // namespace sekisho::text
