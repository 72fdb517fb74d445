#include "sanitizer/formats/archive_foreign/rar_headers.h"

#include <algorithm>

#include "sanitizer/formats/archive_encryption/rar_variable.h"

namespace sekisho::archive_foreign {

namespace {

// A block of either version: where its data are, and what it says if it is a file.
struct Block {
    std::uint64_t header = 0, data = 0; // sizes
    bool ends = false;
    bool from_previous = false, to_next = false;
    std::optional<RarMember> file;
};

// RAR 4 (technote.txt of WinRAR 4), "FILE HEADER".
Result<RarMember> file4(ByteReader& reader, std::uint16_t flags, std::uint64_t& data) {
    constexpr std::uint16_t encrypted = 0x0004, large = 0x0100;
    constexpr std::uint8_t store = 0x30;
    if ((flags & encrypted) != 0) return refuse(Reason::input_encrypted);
    RarMember member;
    data = TRY(reader.u32le());
    member.unpacked = TRY(reader.u32le());
    TRY(reader.skip(1)); // system
    member.crc = TRY(reader.u32le());
    TRY(reader.skip(4 + 1)); // time, version
    member.stored = TRY(reader.u8()) == store;
    TRY(reader.skip(2)); // length of the name
    TRY(reader.skip(4)); // attributes
    if ((flags & large) != 0) {
        data |= static_cast<std::uint64_t>(TRY(reader.u32le())) << 32;
        member.unpacked |= static_cast<std::uint64_t>(TRY(reader.u32le())) << 32;
    }
    return member;
}

Result<Block> block4(View bytes) {
    constexpr std::uint8_t main = 0x73, file = 0x74, end = 0x7b;
    constexpr std::uint16_t headers_encrypted = 0x0080, has_data = 0x8000;
    ByteReader reader(bytes);
    TRY(reader.skip(2)); // checksum
    const std::uint8_t type = TRY(reader.u8());
    const std::uint16_t flags = TRY(reader.u16le());
    Block block;
    block.header = TRY(reader.u16le());
    if (block.header < 7) return refuse(Reason::archive_damaged);
    block.ends = type == end;
    if (type == main && (flags & headers_encrypted) != 0) return refuse(Reason::input_encrypted);
    if (type == file) {
        block.from_previous = (flags & 1) != 0;
        block.to_next = (flags & 2) != 0;
        block.file = TRY(file4(reader, flags, block.data));
    } else if ((flags & has_data) != 0) {
        block.data = TRY(reader.u32le());
    }
    return block;
}

// RAR 5.0 technote, "File header" from its own flags on; `extra` is the size of the records at its end.
Result<RarMember> file5(View header, ByteReader& reader, std::uint64_t extra) {
    constexpr std::uint64_t has_time = 2, has_crc = 4, size_unknown = 8;
    constexpr std::uint64_t record_encryption = 1;
    RarMember member;
    const std::uint64_t flags = TRY(rar_variable(reader));
    if ((flags & size_unknown) != 0) return refuse(Reason::archive_method);
    member.unpacked = TRY(rar_variable(reader));
    TRY(rar_variable(reader)); // attributes
    if ((flags & has_time) != 0) TRY(reader.skip(4));
    if ((flags & has_crc) != 0) member.crc = TRY(reader.u32le());
    member.stored = (TRY(rar_variable(reader)) >> 7 & 7) == 0;
    if (extra > header.size()) return refuse(Reason::archive_damaged);
    ByteReader records(header.last(extra));
    while (!records.at_end()) {
        const std::uint64_t size = TRY(rar_variable(records));
        ByteReader record(TRY(records.bytes(size)));
        if (TRY(rar_variable(record)) == record_encryption) return refuse(Reason::input_encrypted);
    }
    return member;
}

Result<Block> block5(View bytes) {
    constexpr std::uint64_t file = 2, encryption = 4, end = 5, has_extra = 1, has_data = 2;
    ByteReader prefix(bytes);
    TRY(prefix.skip(4)); // checksum
    const std::uint64_t size = TRY(rar_variable(prefix));
    const View header = TRY(prefix.bytes(size));
    ByteReader reader(header);
    const std::uint64_t type = TRY(rar_variable(reader));
    const std::uint64_t flags = TRY(rar_variable(reader));
    const std::uint64_t extra = (flags & has_extra) != 0 ? TRY(rar_variable(reader)) : 0;
    Block block;
    block.header = prefix.position();
    block.data = (flags & has_data) != 0 ? TRY(rar_variable(reader)) : 0;
    block.ends = type == end;
    block.from_previous = (flags & 0x08) != 0;
    block.to_next = (flags & 0x10) != 0;
    if (type == encryption) return refuse(Reason::input_encrypted);
    if (type == file) block.file = TRY(file5(header, reader, extra));
    return block;
}

class Walk {
public:
    Walk(const Source& in, Budget& budget) : m_in(in), m_budget(budget) {}

    Result<> volume(std::uint64_t start, std::uint64_t end);
    Result<std::vector<RarMember>> finish() {
        if (m_open) return refuse(Reason::archive_part);
        return std::move(m_members);
    }

private:
    Result<Block> read_block(bool old, std::uint64_t at, std::uint64_t end) const;
    Result<> take(const Block& block);

    const Source& m_in;
    Budget& m_budget;
    std::vector<RarMember> m_members;
    bool m_open = false; // the last member goes on in the next volume
};

Result<> Walk::volume(std::uint64_t start, std::uint64_t end) {
    constexpr std::size_t signature4 = 7, signature5 = 8;
    Bytes bytes(signature5);
    bytes.resize(TRY(m_in.read_at(start, bytes)));
    const bool old = starts_with(bytes, std::string_view("Rar!\x1a\x07\0", signature4));
    if (!old && !starts_with(bytes, std::string_view("Rar!\x1a\x07\1\0", signature5)))
        return refuse(Reason::archive_damaged);
    for (std::uint64_t at = start + (old ? signature4 : signature5); at < end;) {
        TRY(m_budget.check_time());
        const auto block = read_block(old, at, end);
        if (!block && reason_of(block.error()) == Reason::input_short) return refuse(Reason::archive_part);
        TRY(block);
        if (block->header > end - at || block->data > end - at - block->header) return refuse(Reason::archive_part);
        TRY(take(*block));
        if (block->ends) return {};
        at += block->header + block->data;
    }
    return {};
}

Result<Block> Walk::read_block(bool old, std::uint64_t at, std::uint64_t end) const {
    constexpr std::size_t most_headers = 4096, header_most = 2 << 20; // RAR 5.0 technote: "must not exceed 2 MB"
    Bytes piece;
    for (const std::size_t size : {most_headers, header_most}) {
        piece.resize(std::min<std::uint64_t>(size, end - at));
        piece.resize(TRY(m_in.read_at(at, piece)));
        auto block = old ? block4(piece) : block5(piece);
        if (block || reason_of(block.error()) != Reason::input_short) return block;
    }
    return refuse(Reason::input_short);
}

// The checksum of a member in several volumes is in the last of its headers; those before speak of their own part.
Result<> Walk::take(const Block& block) {
    if (!block.file) return {};
    if (block.from_previous != m_open) return refuse(Reason::archive_part);
    m_open = block.to_next;
    if (block.from_previous) {
        RarMember& member = m_members.back();
        if (member.unpacked != block.file->unpacked) return refuse(Reason::archive_damaged);
        member.crc = block.file->crc;
        return {};
    }
    if (m_members.size() >= m_budget.limits().members) return refuse(Reason::limit_members);
    m_members.push_back(*block.file);
    return {};
}

} // namespace

Result<std::vector<RarMember>> rar_members(const Source& in, std::span<const std::uint64_t> parts, Budget& budget) {
    Walk walk(in, budget);
    std::uint64_t start = 0;
    for (const std::uint64_t size : parts) {
        TRY(walk.volume(start, start + size));
        start += size;
    }
    if (parts.empty()) TRY(walk.volume(0, in.size()));
    return walk.finish();
}

} // namespace sekisho::archive_foreign
