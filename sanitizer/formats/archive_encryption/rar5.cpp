#include "sanitizer/formats/archive_encryption/rar5.h"

#include <algorithm>

#include <libdeflate.h>

#include "sanitizer/formats/archive_encryption/assembled.h"
#include "sanitizer/formats/archive_encryption/passwords.h"
#include "sanitizer/formats/archive_encryption/rar5_blocks.h"
#include "sanitizer/formats/archive_encryption/rar_variable.h"

namespace sekisho::archive_encryption {

namespace {

constexpr std::string_view signature("Rar!\x1a\x07\1\0", 8);

// How many bytes are compressed: what fills the last block of the cipher behind them, libarchive would read on. unrar's
// Unpack::ReadBlockHeader (unpack50.cpp): flags, a checksum, and a size of up to three bytes stand before each block.
Result<std::uint64_t> compressed_size(const Source& data, Budget& budget) {
    constexpr std::uint8_t is_last = 0x40, seed = 0x5a;
    for (std::uint64_t at = 0;;) {
        TRY(budget.check_time());
        Bytes bytes(5);
        bytes.resize(TRY(data.read_at(at, bytes)));
        ByteReader reader(bytes);
        const std::uint8_t flags = TRY(reader.u8());
        std::uint8_t sum = TRY(reader.u8()) ^ flags ^ seed;
        const unsigned count = (flags >> 3 & 7) + 1U;
        if (count > 3) return refuse(Reason::archive_damaged);
        std::uint64_t size = 0;
        for (unsigned i = 0; i < count; ++i) {
            const std::uint8_t octet = TRY(reader.u8());
            size |= static_cast<std::uint64_t>(octet) << (8 * i);
            sum ^= octet;
        }
        at += reader.position() + size;
        if (sum != 0 || at > data.size()) return refuse(Reason::archive_damaged);
        if ((flags & is_last) != 0) return at;
    }
}

class Opening {
public:
    Opening(const Source& in, std::span<const std::string> passwords, Budget& budget)
        : m_in(in), m_budget(budget), m_ring(utf8_passwords(passwords), budget),
          m_made(std::make_unique<Assembled>(in)) {}

    Result<Opened> run();

private:
    Result<> walk();
    Result<Block> next(std::uint64_t& at);
    Result<Bytes> open_header(std::uint64_t& at);
    Result<> take(const Block& block, std::uint64_t data);
    Result<> take_main(const Block& block);
    Result<> take_file(const Block& block, std::uint64_t data);
    Result<std::uint64_t> size_of(const File& file, const Block& block, std::uint64_t data, const Key& key);

    const Source& m_in;
    Budget& m_budget;
    RarKeyring m_ring;
    std::unique_ptr<Assembled> m_made;
    std::vector<std::optional<Sum>> m_sums;
    std::optional<Key> m_header_key;
    bool m_volume = false;
    bool m_locked = false; // something is encrypted
    bool m_ended = false;
};

// "Archive encryption header": each header behind it has its vector before it and fills whole blocks.
Result<Bytes> Opening::open_header(std::uint64_t& at) {
    Iv iv{};
    Bytes blocks(block_size);
    if (TRY(m_in.read_at(at, iv)) != iv.size() || TRY(m_in.read_at(at + block_size, blocks)) != blocks.size())
        return refuse(Reason::archive_part);
    TRY(decrypt(*m_header_key, iv, blocks));
    const std::uint64_t size = TRY(whole_size(blocks));
    blocks.resize((size + block_size - 1) / block_size * block_size);
    if (TRY(m_in.read_at(at + block_size, blocks)) != blocks.size()) return refuse(Reason::archive_part);
    TRY(decrypt(*m_header_key, iv, blocks));
    at += block_size + blocks.size();
    blocks.resize(size);
    return blocks;
}

Result<Block> Opening::next(std::uint64_t& at) {
    TRY(m_budget.check_time());
    if (m_header_key) return read_block(TRY(open_header(at)));
    Bytes bytes(block_size);
    bytes.resize(TRY(m_in.read_at(at, bytes)));
    const std::uint64_t size = TRY(whole_size(bytes));
    bytes.resize(size);
    if (TRY(m_in.read_at(at, bytes)) != size) return refuse(Reason::archive_part);
    at += size;
    return read_block(bytes);
}

// Its records name places of other blocks, which are not true any more.
Result<> Opening::take_main(const Block& block) {
    constexpr std::uint64_t is_volume = 1, has_number = 2;
    ByteReader reader(block.fields);
    const std::uint64_t flags = TRY(rar_variable(reader));
    m_volume = (flags & (is_volume | has_number)) != 0;
    if (m_volume && m_locked) return refuse(Reason::archive_encryption);
    m_made->add(write_block({block.type, block.flags, block.fields, {}, 0}));
    return {};
}

// Without what fills the last block of the cipher.
Result<std::uint64_t> Opening::size_of(const File& file, const Block& block, std::uint64_t data, const Key& key) {
    if (block.data % block_size != 0) return refuse(Reason::archive_damaged);
    if (block.data == 0) return 0;
    if (file.is_stored() && file.unpacked > block.data) return refuse(Reason::archive_damaged);
    if (file.is_stored()) return file.unpacked;
    Assembled content(m_in);
    content.add_decrypted(data, block.data, key, file.locked->iv);
    return compressed_size(content, m_budget);
}

Result<> Opening::take_file(const Block& block, std::uint64_t data) {
    if (m_sums.size() >= m_budget.limits().members) return refuse(Reason::limit_members);
    File file = TRY(read_file(block));
    if (!file.locked) {
        m_sums.emplace_back();
        m_made->add(write_block(block));
        m_made->add(data, block.data);
        return {};
    }
    m_locked = true;
    if (block.is_split() || m_volume) return refuse(Reason::archive_encryption);
    const RarKeys keys = TRY(m_ring.keys_for(file.locked->kdf));
    const std::uint64_t size = TRY(size_of(file, block, data, keys.cipher));
    std::optional<Sum> sum;
    if (file.crc) sum = Sum{*file.crc, {}};
    if (file.locked->sums_are_keyed) {
        if (!sum && size > 0) return refuse(Reason::archive_checksum); // BLAKE2sp, which nobody here can check
        if (sum) sum->key = keys.sums;
        file.drop_sums();
    }
    m_sums.push_back(sum);
    m_made->add(write_block(file_block(block, file, size)));
    m_made->add_decrypted(data, size, keys.cipher, file.locked->iv);
    return {};
}

Result<> Opening::take(const Block& block, std::uint64_t data) {
    switch (block.type) {
    case BlockType::main:
        return take_main(block);
    case BlockType::file:
        return take_file(block, data);
    case BlockType::service: // comments, quick open and recovery data
        return {};
    case BlockType::encryption:
        m_locked = true;
        m_header_key = TRY(m_ring.keys_for(TRY(read_encryption(block)))).cipher;
        return {};
    case BlockType::end:
        m_ended = true;
        m_made->add(write_block(block));
        return {};
    }
    return block.may_be_skipped() ? Result<>() : refuse(Reason::archive_method);
}

Result<> Opening::walk() {
    std::uint64_t at = signature.size();
    while (!m_ended && at < m_in.size()) {
        const Block block = TRY(next(at));
        TRY(take(block, at));
        if (block.data > m_in.size() - at) return refuse(Reason::archive_part);
        at += block.data;
    }
    m_made->add(at, m_in.size() - at); // what hides behind the archive is found as ever
    return {};
}

Result<Opened> Opening::run() {
    Bytes start(signature.size());
    start.resize(TRY(m_in.read_at(0, start)));
    if (!starts_with(start, signature)) return Opened();
    m_made->add(start);
    const auto walked = walk();
    if (!m_locked) return Opened();
    if (!walked && walked.error().code == "input.short") return refuse(Reason::archive_part);
    TRY(walked);
    return Opened{std::move(m_made), std::move(m_sums)};
}

} // namespace

// "File encryption record", flag 0x0002. unrar's CryptData::ConvertHashToMAC: the HMAC of the sum, folded to its size.
Result<bool> Sum::fits(std::uint32_t crc) const {
    if (!key) return crc == stored;
    ByteWriter message;
    message.u32le(crc);
    const Key made = TRY(hmac_sha256(*key, message.bytes()));
    std::uint32_t folded = 0;
    for (std::size_t i = 0; i < made.size(); ++i) folded ^= static_cast<std::uint32_t>(made[i]) << (i % 4 * 8);
    return folded == stored;
}

Result<Opened> open_rar5(const Source& in, std::span<const std::string> passwords, Budget& budget) {
    return Opening(in, passwords, budget).run();
}

} // namespace sekisho::archive_encryption
