#include "sanitizer/formats/office_encryption/info.h"

namespace sekisho::office_encryption {

namespace {

constexpr std::uint32_t flag_crypto_api = 0x04, flag_external = 0x10, flag_aes = 0x20; // 2.3.1
constexpr std::uint32_t hash_sha1 = 0x8004;                                            // 2.3.2, AlgIDHash
constexpr std::size_t longest_header = 4096;

// 2.3.2: AlgID.
std::size_t key_size_of(std::uint32_t algorithm) {
    return algorithm == 0x660E ? 16 : algorithm == 0x660F ? 24 : algorithm == 0x6610 ? 32 : 0;
}

Result<Bytes> take(ByteReader& reader, std::size_t count) {
    const View view = TRY(reader.bytes(count));
    return Bytes(view.begin(), view.end());
}

// 2.3.4.5: flags, EncryptionHeader, EncryptionVerifier.
Result<Standard> read_standard(ByteReader reader) {
    const std::uint32_t flags = TRY(reader.u32le());
    const std::uint32_t header_size = TRY(reader.u32le());
    if ((flags & flag_external) || !(flags & flag_crypto_api) || !(flags & flag_aes))
        return refuse(Reason::office_encryption);
    if (header_size > longest_header) return refuse(Reason::input_damaged);
    ByteReader header(TRY(reader.bytes(header_size)));
    TRY(header.skip(8)); // flags once more, and a size that must be 0
    const std::uint32_t algorithm = TRY(header.u32le());
    const std::uint32_t hash = TRY(header.u32le());
    const std::uint32_t key_bits = TRY(header.u32le());
    Standard standard;
    standard.key_size = key_size_of(algorithm);
    if (standard.key_size == 0 || (hash != hash_sha1 && hash != 0)) return refuse(Reason::office_encryption);
    if (key_bits != 0 && key_bits != 8 * standard.key_size) return refuse(Reason::input_damaged);
    if (TRY(reader.u32le()) != 16) return refuse(Reason::input_damaged); // 2.3.3: SaltSize
    standard.salt = TRY(take(reader, 16));
    standard.verifier = TRY(take(reader, 16));
    if (TRY(reader.u32le()) != size_of(HashKind::sha1)) return refuse(Reason::input_damaged);
    standard.verifier_hash = TRY(take(reader, 32));
    return standard;
}

} // namespace

Result<Info> read_info(View stream, Budget& budget) {
    ByteReader reader(stream);
    const std::uint16_t major = TRY(reader.u16le());
    const std::uint16_t minor = TRY(reader.u16le());
    if (major == 4 && minor == 4) {
        constexpr std::uint32_t agile_reserved = 0x40;
        if (TRY(reader.u32le()) != agile_reserved) return refuse(Reason::input_damaged);
        return Info(TRY(read_agile(reader.rest(), budget)));
    }
    if (major >= 2 && major <= 4 && minor == 2) return Info(TRY(read_standard(reader)));
    return refuse(Reason::office_encryption); // 2.3.4.8: extensible; 2.3.5: RC4
}

} // namespace sekisho::office_encryption
