#include "tests/sanitizer/formats/archive_foreign/headers.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include <libdeflate.h>

namespace sekisho::tests {

namespace {

constexpr std::uint64_t has_records = 1, has_data = 2;

std::string text_of(const ByteWriter& writer) {
    return std::string(as_text(writer.bytes()));
}

std::uint32_t crc32_of(std::string_view text) {
    return libdeflate_crc32(0, text.data(), text.size());
}

std::uint16_t crc16_of(std::string_view text) { // CRC-16/ARC
    unsigned crc = 0;
    for (const char c : text) {
        crc ^= static_cast<std::uint8_t>(c);
        for (int bit = 0; bit < 8; ++bit) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1;
    }
    return static_cast<std::uint16_t>(crc);
}

template <typename Number> Number with(std::size_t truth, std::int64_t lie) {
    return static_cast<Number>(static_cast<std::int64_t>(truth) + lie);
}

// Method to level, which all levels have at the same place.
void common(ByteWriter& out, const LzhMember& member, std::uint32_t packed) {
    out.text(member.method);
    out.u32le(packed);
    out.u32le(with<std::uint32_t>(member.content.size(), member.size));
    out.u32le(0); // time
    out.u8(0x20);
    out.u8(member.level);
}

// The size of the first, and all of them: each has the size of the next at its end.
std::pair<std::uint16_t, std::string> extended(const LzhMember& member) {
    std::string all;
    std::uint16_t next = 0;
    for (auto one = member.extended.rbegin(); one != member.extended.rend(); ++one) {
        all = *one + static_cast<char>(next & 0xFF) + static_cast<char>(next >> 8) + all;
        next = static_cast<std::uint16_t>(one->size() + 2);
    }
    return {member.first_extended < 0 ? next : static_cast<std::uint16_t>(member.first_extended), all};
}

std::string level2(const LzhMember& member) {
    constexpr std::size_t fixed = 26;
    const auto [first, headers] = extended(member);
    const std::string behind = headers + member.content;
    const std::size_t size = with<std::size_t>(fixed + headers.size(), member.header);
    ByteWriter out;
    out.u16le(static_cast<std::uint16_t>(size));
    common(out, member, with<std::uint32_t>(member.content.size(), member.packed));
    out.u16le(crc16_of(std::string_view(behind).substr(size - fixed, member.content.size())));
    out.u8('M');
    out.u16le(first);
    out.text(behind);
    return text_of(out) + '\0';
}

} // namespace

std::string variables(const std::vector<std::uint64_t>& values) {
    std::string made;
    for (std::uint64_t value : values) {
        for (; value >= 0x80; value >>= 7) made += static_cast<char>(value | 0x80);
        made += static_cast<char>(value);
    }
    return made;
}

std::string rar5_block(const std::string& content) {
    const std::string block = variables({content.size()}) + content;
    ByteWriter out;
    out.u32le(crc32_of(block));
    return text_of(out) + block;
}

std::string rar5_start(std::uint64_t volume) {
    const std::vector<std::uint64_t> main = volume == 0   ? std::vector<std::uint64_t>{1, 0, 0}
                                            : volume == 1 ? std::vector<std::uint64_t>{1, 0, 1}
                                                          : std::vector<std::uint64_t>{1, 0, 3, volume - 1};
    return std::string("Rar!\x1a\x07\1\0", 8) + rar5_block(variables(main));
}

std::string rar5_end() {
    return rar5_block(variables({5, 0, 0}));
}

std::string rar5_file(const RarFile& file) {
    std::vector<std::uint64_t> start{2, has_data | file.flags};
    if (file.records > 0) {
        start[1] |= has_records;
        start.push_back(file.records);
    }
    start.push_back(with<std::uint64_t>(file.content.size(), file.data));
    start.push_back(file.file_flags);
    start.push_back(with<std::uint64_t>(file.content.size(), file.size));
    start.push_back(0100644);
    ByteWriter crc;
    if ((file.file_flags & 4) != 0) crc.u32le(crc32_of(file.crc_of.empty() ? file.content : file.crc_of));
    return rar5_block(variables(start) + text_of(crc) + variables({0, 1, file.name.size()}) + file.name) + file.content;
}

std::string rar4_block(std::uint16_t size) {
    ByteWriter out;
    out.u16le(0); // checksum
    out.u8(0x7a);
    out.u16le(0);
    out.u16le(size);
    return text_of(out);
}

std::string lzh(const LzhMember& member) {
    if (member.level == 2) return level2(member);
    const auto [first, headers] = extended(member);
    ByteWriter fields;
    common(fields, member, with<std::uint32_t>(headers.size() + member.content.size(), member.packed));
    fields.u8(static_cast<std::uint8_t>(member.name.size()));
    fields.text(member.name);
    fields.u16le(crc16_of(member.content));
    if (member.level > 0) {
        fields.u8('M');
        fields.u16le(first);
    }
    const View bytes = fields.bytes();
    ByteWriter out;
    out.u8(static_cast<std::uint8_t>(bytes.size()));
    out.u8(with<std::uint8_t>(std::accumulate(bytes.begin(), bytes.end(), std::size_t{0}), member.sum));
    out.raw(bytes);
    out.text(headers + member.content);
    return text_of(out) + '\0';
}

// [MS-CAB] 2.1 to 2.4
std::string cabinet(const Cabinet& how) {
    const std::string name("a.txt\0", 6), content(600, 'a'); // libarchive looks for less before it reads a name
    const std::size_t folder = 36 + how.names.size(), file = folder + 8, data = file + 16 + name.size();
    ByteWriter out;
    out.text(std::string("MSCF\0\0\0\0", 8));
    out.u32le(with<std::uint32_t>(data + 8 + content.size(), how.size));
    out.u32le(0);
    out.u32le(static_cast<std::uint32_t>(file));
    out.u32le(0);
    for (const unsigned one : {0x0103U, 1U, 1U, unsigned{how.flags}, 0U, 0U})
        out.u16le(static_cast<std::uint16_t>(one));
    out.text(how.names);
    out.u32le(static_cast<std::uint32_t>(data)); // the folder
    out.u16le(1);
    out.u16le(how.compression);
    out.u32le(static_cast<std::uint32_t>(content.size())); // the file
    out.u32le(0);
    for (const unsigned one : {0U, 0x21U, 0U, 0x20U}) out.u16le(static_cast<std::uint16_t>(one));
    out.text(name);
    out.u32le(0); // the data; 0: without a checksum
    for (int i = 0; i < 2; ++i) out.u16le(static_cast<std::uint16_t>(content.size()));
    out.text(content);
    return text_of(out);
}

std::string sparse_tar(const std::string& map, std::size_t size, const std::string& content) {
    const auto padded = [](std::string text) {
        text.resize((text.size() + 511) / 512 * 512);
        return text;
    };
    const auto entry = [&](const std::string& name, char kind, const std::string& bytes) {
        std::string head(512, '\0');
        char octal[13];
        head.replace(0, name.size(), name);
        head.replace(100, 7, "0000644");
        std::snprintf(octal, sizeof octal, "%011o", static_cast<unsigned>(bytes.size()));
        head.replace(124, 11, octal);
        head.replace(136, 11, "00000000000");
        head.replace(148, 8, "        ");
        head[156] = kind;
        head.replace(257, 8, std::string("ustar\00000", 8));
        std::snprintf(octal, sizeof octal, "%06o",
                      std::accumulate(head.begin(), head.end(), 0U,
                                      [](unsigned sum, char c) { return sum + static_cast<std::uint8_t>(c); }));
        head.replace(148, 7, std::string(octal, 7));
        return head + padded(bytes);
    };
    std::string records;
    for (const std::string& record :
         {"GNU.sparse.size=" + std::to_string(size),
          "GNU.sparse.numblocks=" + std::to_string((std::ranges::count(map, ',') + 1) / 2), "GNU.sparse.map=" + map}) {
        const std::size_t length = record.size() + 4; // two digits, a blank, a line end
        records += std::to_string(length) + " " + record + "\n";
    }
    return entry("x", 'x', records) + entry("a.txt", '0', content) + std::string(1024, '\0');
}

} // namespace sekisho::tests
