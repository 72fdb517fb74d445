// The blocks of RAR 5, read and written. Inside the room only.
#pragma once

#include "sanitizer/formats/archive_encryption/rar5_keys.h"

namespace sekisho::archive_encryption {

enum class BlockType : std::uint64_t { main = 1, file = 2, service = 3, encryption = 4, end = 5 };

// "General archive block format"
struct Block {
    BlockType type = BlockType::end;
    std::uint64_t flags = 0;
    Bytes fields;           // of its own type
    Bytes extra;            // records
    std::uint64_t data = 0; // bytes that follow
    bool is_split() const { return (flags & 0x18) != 0; }
    bool may_be_skipped() const { return (flags & 0x04) != 0; }
};

// How many bytes the block has that starts with these, checksum and size included.
Result<std::uint64_t> whole_size(View start);
// Of a whole block. Refuses a wrong checksum.
Result<Block> read_block(View bytes);
Bytes write_block(const Block& block);

Result<RarKdf> read_encryption(const Block& block);

// "File encryption record"
struct LockedFile {
    RarKdf kdf;
    Iv iv{};
    bool sums_are_keyed = false;
};

// "File header"
struct File {
    std::uint64_t flags = 0, unpacked = 0, attributes = 0;
    std::optional<std::uint32_t> time, crc;
    std::uint64_t compression = 0;
    Bytes rest;  // system and name
    Bytes extra; // records but that of the encryption
    std::optional<LockedFile> locked;
    bool is_stored() const { return (compression >> 7 & 7) == 0; }
    // Checksum and hash record.
    void drop_sums();
};
Result<File> read_file(const Block& block);
// The block of this file with `size` bytes of data.
Block file_block(const Block& before, const File& file, std::uint64_t size);

} // namespace sekisho::archive_encryption
