#include "sanitizer/formats/archive_encryption/rar5_blocks.h"

#include <algorithm>

#include <libdeflate.h>
#include <openssl/evp.h>

#include "sanitizer/formats/archive_encryption/rar_variable.h"

namespace sekisho::archive_encryption {

namespace {

constexpr std::uint64_t has_extra = 1, has_data = 2;                 // of a block
constexpr std::uint64_t has_time = 2, has_crc = 4, size_unknown = 8; // of a file
constexpr std::uint64_t record_encryption = 1, record_hash = 2;      // "Extra area"
constexpr std::uint64_t has_check = 1, sums_are_keyed = 2;           // of an encryption
constexpr unsigned most_power = 18; // WinRAR writes 15; the 24 that unrar reads serve only to keep a gateway busy

void put_number(ByteWriter& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out.u8(static_cast<std::uint8_t>(value | 0x80));
    out.u8(static_cast<std::uint8_t>(value));
}

template <std::size_t size> Result<> take(ByteReader& reader, std::array<std::uint8_t, size>& into) {
    const View bytes = TRY(reader.bytes(size));
    std::ranges::copy(bytes, into.begin());
    return {};
}

// "Check value": eight bytes, and the first four of their SHA-256. Without it nothing tells a wrong password.
Result<> take_check(ByteReader& reader, std::uint64_t flags, Check& check) {
    if ((flags & has_check) == 0) return refuse(Reason::archive_encryption);
    TRY(take(reader, check));
    std::array<std::uint8_t, 4> stored{};
    TRY(take(reader, stored));
    Key digest{};
    if (EVP_Digest(check.data(), check.size(), digest.data(), nullptr, EVP_sha256(), nullptr) != 1)
        return refuse(Reason::internal);
    return std::ranges::equal(stored, View(digest).first(stored.size())) ? Result<>() : refuse(Reason::archive_damaged);
}

Result<> check_method(std::uint64_t version, unsigned power) {
    if (version != 0 || power > most_power) return refuse(Reason::archive_encryption); // 0: AES-256
    return {};
}

Result<LockedFile> read_record(ByteReader record) {
    LockedFile locked;
    const std::uint64_t version = TRY(rar_variable(record));
    const std::uint64_t flags = TRY(rar_variable(record));
    locked.kdf.power = TRY(record.u8());
    TRY(check_method(version, locked.kdf.power));
    TRY(take(record, locked.kdf.salt));
    TRY(take(record, locked.iv));
    TRY(take_check(record, flags, locked.kdf.check));
    locked.sums_are_keyed = (flags & sums_are_keyed) != 0;
    return locked;
}

// `with` takes the type of each record, what follows it, and all of it.
template <typename With> Result<> for_records(View extra, With with) {
    ByteReader reader(extra);
    while (!reader.at_end()) {
        const std::size_t start = reader.position();
        const std::uint64_t size = TRY(rar_variable(reader));
        ByteReader record(TRY(reader.bytes(size)));
        const std::uint64_t type = TRY(rar_variable(record));
        TRY(with(type, record, extra.subspan(start, reader.position() - start)));
    }
    return {};
}

} // namespace

Result<std::uint64_t> whole_size(View start) {
    constexpr std::uint64_t largest = 2 << 20; // "must not exceed 2 MB"
    ByteReader reader(start);
    TRY(reader.skip(4));
    const std::uint64_t size = TRY(rar_variable(reader));
    if (size == 0 || size > largest) return refuse(Reason::archive_damaged);
    return reader.position() + size;
}

Result<Block> read_block(View bytes) {
    ByteReader reader(bytes);
    const std::uint32_t crc = TRY(reader.u32le());
    const View summed = reader.rest();
    if (libdeflate_crc32(0, summed.data(), summed.size()) != crc) return refuse(Reason::archive_damaged);
    TRY(rar_variable(reader)); // size
    Block block;
    block.type = static_cast<BlockType>(TRY(rar_variable(reader)));
    block.flags = TRY(rar_variable(reader));
    const std::uint64_t extra = (block.flags & has_extra) != 0 ? TRY(rar_variable(reader)) : 0;
    block.data = (block.flags & has_data) != 0 ? TRY(rar_variable(reader)) : 0;
    if (extra > reader.remaining()) return refuse(Reason::archive_damaged);
    const View rest = reader.rest();
    const View fields = rest.first(rest.size() - extra), records = rest.last(extra);
    block.fields.assign(fields.begin(), fields.end());
    block.extra.assign(records.begin(), records.end());
    return block;
}

Bytes write_block(const Block& block) {
    ByteWriter header;
    put_number(header, static_cast<std::uint64_t>(block.type));
    put_number(header, (block.flags & ~(has_extra | has_data)) | (block.extra.empty() ? 0 : has_extra) |
                           (block.data == 0 ? 0 : has_data));
    if (!block.extra.empty()) put_number(header, block.extra.size());
    if (block.data != 0) put_number(header, block.data);
    header.raw(block.fields);
    header.raw(block.extra);
    ByteWriter summed;
    put_number(summed, header.size());
    summed.raw(header.bytes());
    ByteWriter out;
    out.u32le(libdeflate_crc32(0, summed.bytes().data(), summed.size()));
    out.raw(summed.bytes());
    return out.take();
}

Result<RarKdf> read_encryption(const Block& block) {
    ByteReader reader(block.fields);
    RarKdf kdf;
    const std::uint64_t version = TRY(rar_variable(reader));
    const std::uint64_t flags = TRY(rar_variable(reader));
    kdf.power = TRY(reader.u8());
    TRY(check_method(version, kdf.power));
    TRY(take(reader, kdf.salt));
    TRY(take_check(reader, flags, kdf.check));
    return kdf;
}

Result<File> read_file(const Block& block) {
    ByteReader reader(block.fields);
    File file;
    file.flags = TRY(rar_variable(reader));
    if ((file.flags & size_unknown) != 0) return refuse(Reason::archive_method);
    file.unpacked = TRY(rar_variable(reader));
    file.attributes = TRY(rar_variable(reader));
    if ((file.flags & has_time) != 0) file.time = TRY(reader.u32le());
    if ((file.flags & has_crc) != 0) file.crc = TRY(reader.u32le());
    file.compression = TRY(rar_variable(reader));
    file.rest.assign(reader.rest().begin(), reader.rest().end());
    TRY(for_records(block.extra, [&](std::uint64_t type, const ByteReader& record, View whole) -> Result<> {
        if (type == record_encryption)
            file.locked = TRY(read_record(record));
        else
            file.extra.insert(file.extra.end(), whole.begin(), whole.end());
        return {};
    }));
    return file;
}

void File::drop_sums() {
    crc.reset();
    Bytes kept;
    (void)for_records(extra, [&](std::uint64_t type, const ByteReader&, View whole) -> Result<> {
        if (type != record_hash) kept.insert(kept.end(), whole.begin(), whole.end());
        return {};
    });
    extra = std::move(kept);
}

Block file_block(const Block& before, const File& file, std::uint64_t size) {
    ByteWriter out;
    put_number(out, (file.flags & ~has_crc) | (file.crc ? has_crc : 0));
    put_number(out, file.unpacked);
    put_number(out, file.attributes);
    if (file.time) out.u32le(*file.time);
    if (file.crc) out.u32le(*file.crc);
    put_number(out, file.compression);
    out.raw(file.rest);
    return {before.type, before.flags, out.take(), file.extra, size};
}

} // namespace sekisho::archive_encryption
