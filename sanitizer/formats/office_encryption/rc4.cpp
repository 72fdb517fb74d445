#include "sanitizer/formats/office_encryption/rc4.h"

#include <algorithm>
#include <utility>

#include "sanitizer/formats/office_encryption/algorithms.h"

namespace sekisho::office_encryption {

namespace {

struct Rc4Info {
    std::size_t key_size = 0; // bytes
    Bytes salt;
    Bytes verifier; // and its hash: encrypted as one
};

constexpr std::size_t salt_size = 16, verifier_size = 16, hash_size = 20;

// EncryptionVersionInfo, flags, size of the header, EncryptionHeader (2.3.2), EncryptionVerifier (2.3.3)
Result<Rc4Info> read(View bytes) {
    constexpr std::uint32_t rc4 = 0x6801, sha1 = 0x8004;
    constexpr std::uint32_t usual_bits = 40, least_bits = 40, most_bits = 128;
    ByteReader reader(bytes);
    const std::uint16_t major = TRY(reader.u16le()), minor = TRY(reader.u16le());
    if (major < 2 || major > 4 || minor != 2) return refuse(Reason::office_encryption);
    TRY(reader.skip(4));
    const std::size_t header_size = TRY(reader.u32le());
    ByteReader header(TRY(reader.bytes(header_size)));
    TRY(header.skip(8));
    const std::uint32_t cipher = TRY(header.u32le()), hash = TRY(header.u32le());
    std::uint32_t bits = TRY(header.u32le());
    if (bits == 0) bits = usual_bits;
    if (cipher != rc4 || hash != sha1 || bits < least_bits || bits > most_bits || bits % 8 != 0)
        return refuse(Reason::office_encryption);
    if (TRY(reader.u32le()) != salt_size) return refuse(Reason::input_damaged);
    const View salt = TRY(reader.bytes(salt_size)), verifier = TRY(reader.bytes(verifier_size));
    if (TRY(reader.u32le()) != hash_size) return refuse(Reason::input_damaged);
    const View proof = TRY(reader.bytes(hash_size));
    Rc4Info info{bits / 8, {salt.begin(), salt.end()}, {verifier.begin(), verifier.end()}};
    info.verifier.insert(info.verifier.end(), proof.begin(), proof.end());
    return info;
}

} // namespace

Rc4::Rc4(View key) {
    for (std::size_t i = 0; i < m_state.size(); ++i) m_state[i] = static_cast<std::uint8_t>(i);
    std::uint8_t j = 0;
    for (std::size_t i = 0; i < m_state.size(); ++i) {
        j = static_cast<std::uint8_t>(j + m_state[i] + key[i % key.size()]);
        std::swap(m_state[i], m_state[j]);
    }
}

void Rc4::apply(std::span<std::uint8_t> bytes) {
    for (std::uint8_t& byte : bytes) {
        m_j = static_cast<std::uint8_t>(m_j + m_state[++m_i]);
        std::swap(m_state[m_i], m_state[m_j]);
        byte ^= m_state[static_cast<std::uint8_t>(m_state[m_i] + m_state[m_j])];
    }
}

Result<std::optional<Rc4Key>> Rc4Key::unlock(View info, View password) {
    Rc4Info read_info = TRY(read(info));
    Hash hash = TRY(Hash::of(HashKind::sha1));
    Bytes made;
    TRY(hash.over({read_info.salt, password}, made));
    Rc4Key key(made, read_info.key_size);
    Rc4 cipher = TRY(key.block(0));
    cipher.apply(read_info.verifier);
    const View verifier = read_info.verifier;
    TRY(hash.over({verifier.first(verifier_size)}, made));
    if (!std::ranges::equal(made, verifier.subspan(verifier_size))) return std::nullopt;
    return key;
}

Result<Rc4> Rc4Key::block(std::uint32_t number) const {
    constexpr std::size_t short_size = 5, padded_size = 16;
    ByteWriter index;
    index.u32le(number);
    Hash hash = TRY(Hash::of(HashKind::sha1));
    Bytes key;
    TRY(hash.over({m_hash, index.bytes()}, key));
    key.resize(m_size);
    if (m_size == short_size) key.resize(padded_size); // with zeros (2.3.5.2)
    return Rc4(key);
}

} // namespace sekisho::office_encryption
