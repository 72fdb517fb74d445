#include "sanitizer/formats/archive_foreign/ends.h"

#include <algorithm>

#include "sanitizer/formats/archive_encryption/rar_variable.h"
#include "sanitizer/formats/archive_foreign/rar_headers.h"

namespace sekisho::archive_foreign {

namespace {

Result<Bytes> read_start(const Source& in, std::size_t size) {
    Bytes bytes(std::min<std::uint64_t>(size, in.size()));
    bytes.resize(TRY(in.read_at(0, bytes)));
    return bytes;
}

// 7zFormat.txt, SignatureHeader: where the header is that ends the archive. Nothing if it cannot be.
Result<std::uint64_t> end_of_seven_zip(const Source& in) {
    constexpr std::uint64_t header_size = 32;
    const Bytes start = TRY(read_start(in, header_size));
    ByteReader reader(start);
    TRY(reader.skip(12));
    const std::uint64_t offset = TRY(reader.u64le());
    const std::uint64_t size = TRY(reader.u64le());
    if (offset > in.size() || size > in.size() || header_size + offset + size > in.size())
        return refuse(Reason::archive_part);
    return header_size + offset + size;
}

// [MS-CAB] 2.1: cbCabinet, and the flags that say that other cabinets belong to this one.
Result<std::uint64_t> end_of_cab(const Source& in) {
    constexpr std::uint16_t has_previous = 1, has_next = 2;
    const Bytes start = TRY(read_start(in, 36));
    ByteReader reader(start);
    TRY(reader.skip(8));
    const std::uint32_t size = TRY(reader.u32le());
    TRY(reader.skip(18));
    const std::uint16_t flags = TRY(reader.u16le());
    if (size > in.size()) return refuse(Reason::archive_part);
    if ((flags & (has_previous | has_next)) != 0) return refuse(Reason::archive_part);
    return size;
}

// The flags of the main header; bit 0 is "one of several volumes" in both versions.
Result<std::uint64_t> rar_flags(View start) {
    constexpr std::size_t signature4 = 7, signature5 = 8;
    constexpr std::uint8_t main4 = 0x73, main5 = 1;
    if (starts_with(start, std::string_view("Rar!\x1a\x07\0", signature4))) {
        ByteReader reader(start.subspan(signature4));
        TRY(reader.skip(2));
        if (TRY(reader.u8()) != main4) return refuse(Reason::archive_damaged);
        return TRY(reader.u16le());
    }
    if (!starts_with(start, std::string_view("Rar!\x1a\x07\1\0", signature5))) return refuse(Reason::archive_method);
    ByteReader reader(start.subspan(signature5));
    TRY(reader.skip(4)); // checksum
    TRY(rar_variable(reader));
    if (TRY(rar_variable(reader)) != main5) return 0ULL; // the header of an encrypted archive comes first
    const std::uint64_t header = TRY(rar_variable(reader));
    if ((header & 1) != 0) TRY(rar_variable(reader));
    return rar_variable(reader);
}

Result<> check_rar(const Source& in, bool joined) {
    const Bytes start = TRY(read_start(in, 64));
    const std::uint64_t flags = TRY(rar_flags(start));
    if ((flags & 1) != 0 && !joined) return refuse(Reason::archive_part);
    return {};
}

Result<> look_at_start(Type type, const Source& in, bool joined) {
    if (type == Type::seven_zip) TRY(end_of_seven_zip(in));
    if (type == Type::cab) TRY(end_of_cab(in));
    return type == Type::rar ? check_rar(in, joined) : Result<>();
}

// The size of the block that ends a RAR, if one starts with these bytes; else 0.
std::uint64_t end_block4(View block) {
    constexpr std::uint8_t end = 0x7b; // after the checksum; flags and size follow
    if (block.size() < 7 || block[2] != end) return 0;
    const std::uint64_t size = block[5] | static_cast<std::uint64_t>(block[6]) << 8;
    return size >= 7 && size <= block.size() ? size : 0;
}
std::uint64_t end_block5(View block) {
    constexpr std::uint8_t end = 5;
    ByteReader reader(block);
    if (!reader.skip(4)) return 0; // checksum
    const auto size = rar_variable(reader);
    const std::size_t header = reader.position();
    const auto type = rar_variable(reader);
    return size && type && *type == end && *size <= block.size() - header ? header + *size : 0;
}

// libarchive looks at the last block of a RAR and leaves it, or all but its checksum.
Result<std::uint64_t> behind_rar_end(const Source& in, std::uint64_t used) {
    const Bytes start = TRY(read_start(in, 7));
    for (const std::uint64_t back : {0U, 4U}) {
        if (used < back) break;
        Bytes block(64);
        block.resize(TRY(in.read_at(used - back, block)));
        const std::uint64_t size = start.back() == 0 ? end_block4(block) : end_block5(block);
        if (size != 0) return used - back + size;
    }
    return used;
}

} // namespace

Result<bool> any_but_zeros(const Source& in, std::uint64_t from, Budget& budget) {
    Bytes piece(64 * 1024);
    while (from < in.size()) {
        TRY(budget.check_time());
        const std::size_t count = TRY(in.read_at(from, piece));
        if (count == 0) break;
        if (std::ranges::any_of(View(piece).first(count), [](std::uint8_t c) { return c != 0; })) return true;
        from += count;
    }
    return false;
}

Result<> check_start(Type type, const Source& in, bool joined) {
    const auto looked = look_at_start(type, in, joined);
    if (!looked && reason_of(looked.error()) == Reason::input_short) return refuse(Reason::archive_part);
    return looked;
}

Result<bool> bytes_behind(Type type, const Source& in, std::uint64_t used, Budget& budget) {
    if (type == Type::seven_zip) used = TRY(end_of_seven_zip(in));
    if (type == Type::cab) used = TRY(end_of_cab(in));
    if (type == Type::rar) used = TRY(behind_rar_end(in, used));
    return any_but_zeros(in, used, budget);
}

} // namespace sekisho::archive_foreign
