// The text of Ichitaro documents, written by hand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes/bytes.h"

namespace sekisho::tests::ichitaro_sample {

inline Bytes units_of(std::u16string_view units) {
    ByteWriter out;
    for (const char16_t unit : units) out.u16be(unit);
    return out.take();
}

inline Bytes text_piece(std::u16string_view units) {
    ByteWriter out;
    out.text("TextV.01");
    out.u32be(static_cast<std::uint32_t>(units.size()));
    out.raw(units_of(units));
    out.text("\xff"); // no change of style
    return out.take();
}

// Pieces in blocks of 256 bytes, and the directory behind them.
inline Bytes store(const std::vector<Bytes>& pieces) {
    ByteWriter blocks, directory;
    std::uint32_t next = 0;
    for (std::uint32_t i = 0; i < pieces.size(); ++i) {
        const auto count = static_cast<std::uint32_t>((pieces[i].size() + 255) / 256);
        for (const std::uint32_t field : {i, 0U, static_cast<std::uint32_t>(pieces[i].size()), count, count})
            directory.u32be(field);
        for (std::uint32_t block = 0; block < count; ++block) directory.u32be(next++);
        blocks.raw(pieces[i]);
        while (blocks.size() % 256 != 0) blocks.u8(0xEE);
    }
    ByteWriter out;
    out.text("SsmgV.01");
    out.u32be(static_cast<std::uint32_t>(pieces.size()));
    out.u32be(256);
    out.u32be(next);
    out.raw(blocks.bytes());
    out.raw(directory.bytes());
    out.u32be(0);
    return out.take();
}

// A line header with an alignment, as every paragraph has one.
inline const std::u16string header{0x1C, 0x10, 0x0C, 0, 0x24, 1, 1, 0xFFFF, 0x0C, 0, 0x10, 0x1F};

} // namespace sekisho::tests::ichitaro_sample
