#include "sanitizer/formats/zip_container/decrypt.h"

#include <algorithm>
#include <array>

namespace sekisho::zip_detail {

namespace {

constexpr std::size_t piece_size = 128 * 1024;

// The table of CRC-32 (polynomial 0xEDB88320): ZipCrypto's keys move by single steps of it.
constexpr std::array<std::uint32_t, 256> crc_steps = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit) value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320U : value >> 1;
        table[i] = value;
    }
    return table;
}();

// APPNOTE 6.1.5 and 6.1.6.
class ZipCrypto {
public:
    explicit ZipCrypto(std::string_view password) {
        for (const char c : password) update(static_cast<std::uint8_t>(c));
    }
    void decrypt(std::span<std::uint8_t> bytes) {
        for (std::uint8_t& byte : bytes) {
            const std::uint32_t word = (m_keys[2] | 2) & 0xFFFF;
            byte = static_cast<std::uint8_t>(byte ^ ((word * (word ^ 1)) >> 8));
            update(byte);
        }
    }

private:
    static std::uint32_t step(std::uint32_t crc, std::uint8_t byte) {
        return (crc >> 8) ^ crc_steps[(crc ^ byte) & 0xFF];
    }
    void update(std::uint8_t byte) {
        m_keys[0] = step(m_keys[0], byte);
        m_keys[1] = (m_keys[1] + (m_keys[0] & 0xFF)) * 134775813U + 1;
        m_keys[2] = step(m_keys[2], static_cast<std::uint8_t>(m_keys[1] >> 24));
    }
    std::array<std::uint32_t, 3> m_keys{0x12345678, 0x23456789, 0x34567890};
};

Result<> decrypt_zipcrypto(const Source& in, const ZipEntry& entry, std::string_view password, Budget& budget,
                           Sink& out) {
    constexpr std::uint64_t header_size = 12;
    if (entry.packed < header_size) return refuse(Reason::zip_size);
    ZipCrypto cipher(password);
    Bytes header = TRY(read_exactly(in, entry.data_offset, header_size));
    cipher.decrypt(header);
    if (header.back() != entry.password_check) return refuse(Reason::archive_password);
    Bytes piece(piece_size);
    for (std::uint64_t done = header_size; done < entry.packed;) {
        TRY(budget.check_time());
        const std::size_t size = std::min<std::uint64_t>(piece.size(), entry.packed - done);
        const auto part = std::span(piece).first(size);
        if (TRY(in.read_at(entry.data_offset + done, part)) != size) return refuse(Reason::zip_truncated);
        cipher.decrypt(part);
        TRY(out.write(View(part)));
        done += size;
    }
    return {};
}

} // namespace

Result<> decrypt(const Source& in, const ZipEntry& entry, std::string_view password, Budget& budget, Sink& out) {
    switch (entry.encryption) {
    case ZipEntry::Encryption::zipcrypto:
        return decrypt_zipcrypto(in, entry, password, budget, out);
    case ZipEntry::Encryption::aes:
        return decrypt_aes(in, entry, password, budget, out);
    case ZipEntry::Encryption::none:
    case ZipEntry::Encryption::other:
        break;
    }
    return refuse(Reason::archive_encryption);
}

ZipEntry decrypted_entry(const ZipEntry& entry, std::uint64_t size) {
    ZipEntry plain = entry;
    plain.encrypted = false;
    plain.encryption = ZipEntry::Encryption::none;
    if (entry.encryption == ZipEntry::Encryption::aes) plain.method = entry.aes_method;
    plain.packed = size;
    plain.data_offset = 0;
    return plain;
}

AesField aes_field(View extra) {
    ByteReader reader(find_extra(extra, extra_aes));
    const auto version = reader.u16le();
    const auto vendor = reader.u16le();
    const auto strength = reader.u8();
    const auto method = reader.u16le();
    AesField field;
    if (!method || *vendor != 0x4541 || (*version != 1 && *version != 2) || *strength < 1 || *strength > 3)
        return field;
    return {true, *version == 1, *strength, *method};
}

} // namespace sekisho::zip_detail
