// BinHex 4.0 (RFC 1741, Appendix A) for tests.
#pragma once

#include <string>

#include "base/bytes/bytes.h"

namespace sekisho::tests {

inline void put_with_checksum(ByteWriter& out, View bytes) {
    unsigned crc = 0;
    for (const std::uint8_t byte : bytes) {
        crc ^= static_cast<unsigned>(byte) << 8;
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000) != 0 ? (crc << 1 ^ 0x1021) & 0xFFFF : crc << 1;
    }
    out.raw(bytes);
    out.u16be(static_cast<std::uint16_t>(crc));
}

// Header, data fork and resource fork, before they become characters.
inline Bytes binhex_forks(const std::string& name, const std::string& data, const std::string& resources = "") {
    ByteWriter header, file;
    header.u8(static_cast<std::uint8_t>(name.size()));
    header.text(name);
    header.text(std::string("\0TEXTttxt\0\0", 11));
    header.u32be(static_cast<std::uint32_t>(data.size()));
    header.u32be(static_cast<std::uint32_t>(resources.size()));
    put_with_checksum(file, header.bytes());
    put_with_checksum(file, as_view(data));
    put_with_checksum(file, as_view(resources));
    return file.take();
}

// The same with runs: a byte that repeats is followed by 0x90 and how often it is there; 0x90 itself is 0x90 0.
inline Bytes binhex_runs(View bytes) {
    Bytes packed;
    for (std::size_t at = 0; at < bytes.size();) {
        std::size_t count = 1;
        while (count < 255 && at + count < bytes.size() && bytes[at + count] == bytes[at]) ++count;
        packed.push_back(bytes[at]);
        if (bytes[at] == 0x90) packed.push_back(0);
        if (count > 1) {
            packed.push_back(0x90);
            packed.push_back(static_cast<std::uint8_t>(count));
        }
        at += count;
    }
    return packed;
}

inline constexpr std::string_view binhex_comment = "(This file must be converted with BinHex 4.0)\r\n\r\n";

// The lines from colon to colon.
inline std::string binhex_characters(View packed) {
    constexpr std::string_view alphabet = "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";
    std::string out = ":";
    unsigned gathered = 0, bits = 0;
    std::size_t column = 1;
    const auto add = [&](unsigned byte) {
        gathered = gathered << 8 | byte;
        for (bits += 8; bits >= 6;) {
            bits -= 6;
            out += alphabet[gathered >> bits & 63];
            if (++column % 64 == 0) out += "\r\n";
        }
        gathered &= 0xFFFF;
    };
    for (const std::uint8_t byte : packed) add(byte);
    if (bits > 0) add(0);
    return out + ":\r\n";
}

inline std::string binhex_file(const std::string& name, const std::string& data, const std::string& resources = "") {
    return std::string(binhex_comment) + binhex_characters(binhex_runs(binhex_forks(name, data, resources)));
}

} // namespace sekisho::tests
