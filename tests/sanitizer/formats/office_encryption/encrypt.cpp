#include "tests/sanitizer/formats/office_encryption/encrypt.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "tests/sanitizer/formats/compound_file/builder.h"

namespace sekisho::tests {

namespace {

Bytes number(std::uint32_t value) {
    ByteWriter writer;
    writer.u32le(value);
    return writer.take();
}

Bytes joined(std::initializer_list<Bytes> pieces) {
    Bytes all;
    for (const Bytes& piece : pieces) all.insert(all.end(), piece.begin(), piece.end());
    return all;
}

Bytes hashed(const std::string& name, std::initializer_list<Bytes> pieces) {
    const Bytes all = joined(pieces);
    Bytes made(EVP_MAX_MD_SIZE);
    unsigned size = 0;
    if (EVP_Digest(all.data(), all.size(), made.data(), &size, EVP_get_digestbyname(name.c_str()), nullptr) != 1)
        bug("no digest");
    made.resize(size);
    return made;
}

Bytes encrypted(const Bytes& key, const Bytes& iv, Bytes content) {
    content.resize((content.size() + 15) / 16 * 16);
    const std::string cipher = "AES-" + std::to_string(8 * key.size()) + (iv.empty() ? "-ECB" : "-CBC");
    EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
    int size = 0;
    if (EVP_EncryptInit_ex(context, EVP_get_cipherbyname(cipher.c_str()), nullptr, key.data(),
                           iv.empty() ? nullptr : iv.data()) != 1 ||
        EVP_CIPHER_CTX_set_padding(context, 0) != 1 ||
        EVP_EncryptUpdate(context, content.data(), &size, content.data(), static_cast<int>(content.size())) != 1)
        bug("no cipher");
    EVP_CIPHER_CTX_free(context);
    return content;
}

Bytes password_bytes(const std::u16string& password) {
    ByteWriter writer;
    for (const char16_t unit : password) writer.u16le(unit);
    return writer.take();
}

Bytes sized(Bytes bytes, std::size_t size) {
    bytes.resize(size, 0x36);
    return bytes;
}

std::string attribute(const std::string& name, const std::string& value) {
    return " " + name + "=\"" + value + "\"";
}

std::string kind_of(const Agile& how, std::size_t hash_size, const Bytes& salt) {
    return attribute("saltSize", std::to_string(salt.size())) + attribute("blockSize", "16") +
           attribute("keyBits", std::to_string(how.key_bits)) + attribute("hashSize", std::to_string(hash_size)) +
           attribute("cipherAlgorithm", "AES") + attribute("cipherChaining", "ChainingModeCBC") +
           attribute("hashAlgorithm", how.hash) + attribute("saltValue", to_base64(salt));
}

Bytes sized_package(View package) {
    ByteWriter writer;
    writer.u64le(package.size());
    return writer.take();
}

} // namespace

Bytes encrypt(View package, const Agile& how) {
    const auto key_size = static_cast<std::size_t>(how.key_bits / 8);
    const Bytes data_salt(16, 0x11), salt(16, 0x22), verifier(16, 0x33), key(key_size, 0x44);
    Bytes made = hashed(how.hash, {salt, password_bytes(how.password)});
    for (unsigned i = 0; i < how.spins; ++i) made = hashed(how.hash, {number(i), made});
    const auto hidden = [&](const char* block_key, const Bytes& value) {
        const Bytes own = sized(hashed(how.hash, {made, from_hex(block_key).value()}), key_size);
        return to_base64(encrypted(own, salt, value));
    };
    const auto vector = [&](const Bytes& block_key) { return sized(hashed(how.hash, {data_salt, block_key}), 16); };

    Bytes content = sized_package(package);
    for (std::size_t at = 0, segment = 0; at < package.size(); at += 4096, ++segment) {
        const View piece = package.subspan(at, std::min<std::size_t>(4096, package.size() - at));
        const Bytes done =
            encrypted(key, vector(number(static_cast<std::uint32_t>(segment))), Bytes(piece.begin(), piece.end()));
        content.insert(content.end(), done.begin(), done.end());
    }
    const Bytes hmac_key(made.size(), 0x55);
    Bytes proof(EVP_MAX_MD_SIZE);
    unsigned proof_size = 0;
    HMAC(EVP_get_digestbyname(how.hash.c_str()), hmac_key.data(), static_cast<int>(hmac_key.size()), content.data(),
         content.size(), proof.data(), &proof_size);
    proof.resize(proof_size);
    if (how.break_proof) proof[0] ^= 1;
    if (how.change_content) how.change_content(content);

    std::string info =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<encryption "
        "xmlns=\"http://schemas.microsoft.com/office/2006/encryption\" "
        "xmlns:p=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\"><keyData" +
        kind_of(how, made.size(), data_salt) + "/><dataIntegrity" +
        attribute("encryptedHmacKey",
                  to_base64(encrypted(key, vector(from_hex("5fb2ad010cb9e1f6").value()), hmac_key))) +
        attribute("encryptedHmacValue",
                  to_base64(encrypted(key, vector(from_hex("a0677f02b22c8433").value()), proof))) +
        "/><keyEncryptors><keyEncryptor "
        "uri=\"http://schemas.microsoft.com/office/2006/keyEncryptor/password\"><p:encryptedKey" +
        attribute("spinCount", how.claimed_spins.empty() ? std::to_string(how.spins) : how.claimed_spins) +
        kind_of(how, made.size(), salt) +
        attribute("encryptedVerifierHashInput", hidden("fea7d2763b4b9e79", verifier)) +
        attribute("encryptedVerifierHashValue", hidden("d7aa0f6d3061344e", hashed(how.hash, {verifier}))) +
        attribute("encryptedKeyValue", hidden("146e0be7abacd0d6", key)) +
        "/></keyEncryptor></keyEncryptors></encryption>";
    if (how.change_info) how.change_info(info);
    const Bytes head = from_hex("0400040040000000").value();
    return OleBuilder().build(
        {stream("EncryptionInfo", joined({head, to_bytes(info)})), stream("EncryptedPackage", content)});
}

Bytes encrypt(View package, const Standard& how) {
    const auto key_size = static_cast<std::size_t>(how.key_bits / 8);
    const Bytes salt(16, 0x22), verifier(16, 0x33);
    Bytes made = hashed("SHA1", {salt, password_bytes(how.password)});
    for (std::uint32_t i = 0; i < 50'000; ++i) made = hashed("SHA1", {number(i), made});
    made = hashed("SHA1", {made, number(0)});
    Bytes key;
    for (const std::uint8_t mask : {std::uint8_t{0x36}, std::uint8_t{0x5C}}) {
        Bytes block(64, mask);
        for (std::size_t i = 0; i < made.size(); ++i) block[i] = static_cast<std::uint8_t>(made[i] ^ mask);
        const Bytes half = hashed("SHA1", {block});
        key.insert(key.end(), half.begin(), half.end());
    }
    key.resize(key_size);

    ByteWriter header; // flags, size, algorithm, hash, key size, provider, two reserved, name
    header.u32le(0x24);
    header.u32le(0);
    header.u32le(how.key_bits == 128 ? 0x660E : how.key_bits == 192 ? 0x660F : 0x6610);
    header.u32le(0x8004);
    header.u32le(static_cast<std::uint32_t>(how.key_bits));
    header.u32le(0x18);
    header.u64le(0);
    header.u16le(0);
    ByteWriter info;
    info.u16le(4);
    info.u16le(2);
    info.u32le(0x24);
    info.u32le(static_cast<std::uint32_t>(header.size()));
    info.raw(header.bytes());
    info.u32le(16);
    info.raw(salt);
    info.raw(encrypted(key, {}, verifier));
    info.u32le(20);
    info.raw(encrypted(key, {}, hashed("SHA1", {verifier})));
    const Bytes content = joined({sized_package(package), encrypted(key, {}, Bytes(package.begin(), package.end()))});
    Bytes made_info = info.take();
    if (how.change_info) how.change_info(made_info);
    return OleBuilder().build({stream("EncryptionInfo", made_info), stream("EncryptedPackage", content)});
}

} // namespace sekisho::tests
