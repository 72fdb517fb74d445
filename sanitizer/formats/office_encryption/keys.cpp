#include "sanitizer/formats/office_encryption/keys.h"

#include <algorithm>
#include <array>

namespace sekisho::office_encryption {

namespace {

// 2.3.4.13: what each key is for.
constexpr std::array<std::uint8_t, 8> for_verifier = {0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79},
                                      for_verifier_hash = {0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E},
                                      for_key = {0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6};

// 2.3.4.7, 2.3.4.11: H(salt + password), then H(round + last) again and again.
Result<Bytes> spun(Hash& hash, View salt, View password, std::uint32_t spins, Budget& budget) {
    Bytes made;
    TRY(hash.over({salt, password}, made));
    for (std::uint32_t round = 0; round < spins; ++round) {
        TRY(budget.check_time());
        TRY(hash.over({little_endian(round), made}, made));
    }
    return made;
}

// 2.3.4.7: two hashes over the last one, each masked with a byte.
Result<Bytes> standard_key(Hash& hash, const Bytes& last, std::size_t size) {
    Bytes key;
    for (const std::uint8_t mask : {std::uint8_t{0x36}, std::uint8_t{0x5C}}) {
        Bytes block(64, mask), made;
        for (std::size_t i = 0; i < last.size(); ++i) block[i] = static_cast<std::uint8_t>(last[i] ^ mask);
        TRY(hash.over({block}, made));
        key.insert(key.end(), made.begin(), made.end());
    }
    key.resize(size);
    return key;
}

Result<std::optional<Bytes>> unlock_standard(const Standard& info, View password, Budget& budget) {
    constexpr std::uint32_t spins = 50'000;
    Hash hash = TRY(Hash::of(HashKind::sha1));
    const Bytes made = TRY(spun(hash, info.salt, password, spins, budget));
    Bytes last;
    TRY(hash.over({made, little_endian(0)}, last));
    Bytes key = TRY(standard_key(hash, last, info.key_size));
    Aes aes = TRY(Aes::with(key, Aes::Chaining::ecb));
    Bytes verifier = info.verifier, stored = info.verifier_hash, expected;
    TRY(aes.decrypt(verifier));
    TRY(aes.decrypt(stored));
    TRY(hash.over({verifier}, expected));
    if (!std::ranges::equal(View(stored).first(expected.size()), expected)) return std::nullopt;
    return std::optional(std::move(key));
}

// 2.3.4.13: each value is encrypted with a key of its own.
Result<Bytes> opened(Hash& hash, const AgileKey& key, const Bytes& spun_hash, View block_key, Bytes value) {
    Bytes made;
    TRY(hash.over({spun_hash, block_key}, made));
    fit(made, key.key_size);
    Bytes iv = key.salt;
    fit(iv, Aes::block_size);
    Aes aes = TRY(Aes::with(made, Aes::Chaining::cbc));
    TRY(aes.decrypt(value, iv));
    return value;
}

Result<std::optional<Bytes>> unlock_agile(const Agile& info, View password, Budget& budget) {
    Hash hash = TRY(Hash::of(info.password.hash));
    const Bytes made = TRY(spun(hash, info.password.salt, password, info.spins, budget));
    Bytes verifier = TRY(opened(hash, info.password, made, for_verifier, info.verifier));
    const Bytes stored = TRY(opened(hash, info.password, made, for_verifier_hash, info.verifier_hash));
    verifier.resize(info.password.salt.size());
    Bytes expected;
    TRY(hash.over({verifier}, expected));
    if (!std::ranges::equal(View(stored).first(expected.size()), expected)) return std::nullopt;
    Bytes key = TRY(opened(hash, info.password, made, for_key, info.key));
    key.resize(info.data.key_size);
    return std::optional(std::move(key));
}

} // namespace

Bytes little_endian(std::uint32_t number) {
    ByteWriter writer;
    writer.u32le(number);
    return writer.take();
}

void fit(Bytes& hash, std::size_t size) {
    constexpr std::uint8_t filler = 0x36;
    hash.resize(size, filler);
}

Result<Bytes> vector_of(Hash& hash, View salt, View block_key) {
    Bytes made;
    TRY(hash.over({salt, block_key}, made));
    fit(made, Aes::block_size);
    return made;
}

Result<std::optional<Bytes>> unlock(const Info& info, View password, Budget& budget) {
    if (const auto* standard = std::get_if<Standard>(&info)) return unlock_standard(*standard, password, budget);
    return unlock_agile(std::get<Agile>(info), password, budget);
}

} // namespace sekisho::office_encryption
