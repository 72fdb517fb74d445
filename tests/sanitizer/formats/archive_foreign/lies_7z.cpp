// 7z headers that lie, byte by byte (DOC/7zFormat.txt of the LZMA SDK). The key is the password itself: 7zAES without
// rounds, which 7-Zip knows, too.
#include <gtest/gtest.h>
#include <libdeflate.h>
#include <openssl/evp.h>

#include "sanitizer/formats/archive_encryption/archive_encryption.h"
#include "tests/sanitizer/formats/archive_foreign/support.h"

namespace sekisho {

namespace {

using tests::pass;

const std::string content = "hello, world\n";

// "NUMBER", in its longest form where one byte does not hold it.
std::string number(std::uint64_t value) {
    if (value < 0x80) return std::string(1, static_cast<char>(value));
    std::string made = "\xff";
    for (int i = 0; i < 8; ++i) made += static_cast<char>(value >> (8 * i));
    return made;
}
std::string numbers(const std::vector<std::uint64_t>& values) {
    std::string made;
    for (const std::uint64_t value : values) made += number(value);
    return made;
}
std::string little(std::uint64_t value, std::size_t size) {
    std::string made;
    for (std::size_t i = 0; i < size; ++i) made += static_cast<char>(value >> (8 * i));
    return made;
}
std::uint32_t sum(std::string_view text) {
    return libdeflate_crc32(0, text.data(), text.size());
}

std::string encrypted(std::string plain) {
    plain.resize((plain.size() + 15) / 16 * 16);
    Bytes bytes = to_bytes(plain), key(32);
    std::size_t at = 0;
    for (const char c : std::string_view("secret")) {
        key[at] = static_cast<std::uint8_t>(c);
        at += 2;
    }
    EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
    int made = 0;
    EVP_EncryptInit_ex2(context, EVP_aes_256_cbc(), key.data(), Bytes(16).data(), nullptr);
    EVP_CIPHER_CTX_set_padding(context, 0);
    EVP_EncryptUpdate(context, bytes.data(), &made, bytes.data(), static_cast<int>(bytes.size()));
    EVP_CIPHER_CTX_free(context);
    return std::string(as_text(bytes));
}

const std::string id_aes = "\x06\xf1\x07\x01";
const std::string aes = "\x24" + id_aes + "\x01\x3f"; // one byte of properties: no rounds, no salt, no vector

struct Streams {
    std::uint64_t position = 0;
    std::vector<std::uint64_t> packed = {16};
    std::uint64_t folders = 1;
    std::string folder = "\x01" + aes;
    std::vector<std::uint64_t> sizes = {content.size()};
    std::optional<std::uint32_t> crc = sum(content);
};
std::string written(const Streams& how, const std::string& substreams = "") {
    const std::string crc = how.crc ? "\x0a\x01" + little(*how.crc, 4) : "";
    return "\x06" + numbers({how.position, how.packed.size(), 9}) + numbers(how.packed) + '\0' + // "Pack Info"
           "\x07\x0b" + number(how.folders) + '\0' + how.folder +                                // "Coders Info"
           "\x0c" + numbers(how.sizes) + crc + '\0' + substreams + '\0';
}
// With one file, a.txt.
std::string header(const Streams& how) {
    const std::string name("\0a\0.\0t\0x\0t\0\0\0", 13);
    return "\x01\x04" + written(how, std::string("\x08\0", 2)) + "\x05\x01\x11\x0d" + name + '\0' + '\0';
}
std::string encoded(const Streams& how) {
    return "\x17" + written(how);
}

// `size` and `wrong` are added to the true size and checksum of the header.
std::string archive(const std::string& streams, const std::string& header, std::uint64_t size = 0,
                    std::uint32_t wrong = 0) {
    const std::string start =
        little(streams.size(), 8) + little(header.size() + size, 8) + little(sum(header) + wrong, 4);
    return std::string("7z\xbc\xaf\x27\x1c\0\x04", 8) + little(sum(start), 4) + start + streams + header;
}
std::string of_file(const Streams& how) {
    return archive(encrypted(content), header(how));
}
// Its header is encrypted, and lies behind the file.
std::string of_header(const std::string& inner, std::optional<std::uint32_t> crc) {
    const std::string file = encrypted(content), locked = encrypted(inner);
    return archive(file + locked,
                   encoded({.position = file.size(), .packed = {locked.size()}, .sizes = {inner.size()}, .crc = crc}));
}

// The coder Copy is all that is left here of an archive whose encryption is out.
Result<> unpack(const Source& archive, Sink& out) {
    Bytes start(32);
    start.resize(TRY(archive.read_at(0, start)));
    ByteReader reader(start);
    TRY(reader.skip(12));
    Bytes bytes(TRY(reader.u64le()));
    bytes.resize(TRY(archive.read_at(32, bytes)));
    return out.write(bytes);
}

// What taking the encryption out says, before anybody reads what is left: the code of its refusal.
std::string opening(const std::string& archive, std::vector<std::string> passwords = {"secret"},
                    const archive_encryption::Unpack& with = unpack) {
    Budget budget{Limits()};
    const MemorySource source(as_view(archive));
    const auto opened = archive_encryption::open(Type::seven_zip, source, passwords, budget, with);
    return !opened ? opened.error().code : opened->source ? "opened" : "not opened";
}

} // namespace

TEST(Lies7z, WhatContradictsItselfIsRefusedBeforeItIsRead) {
    const std::string chained_binds = numbers({1, 0});
    const std::string two_aes = "\x02" + aes + aes + chained_binds; // the second makes what the first reads
    const std::string behind_copy = "\x02" + aes + std::string("\x01\0", 2) + numbers({0, 1});
    const std::string two_inputs = "\x01\x34" + id_aes + numbers({2, 1}) + "\x01\x3f" + numbers({0, 1});
    const std::string bare = std::string("\x01\x24", 2) + id_aes + '\0';
    const std::string no_properties = std::string("\x01\x04", 2) + id_aes;
    const std::string copy("\x01\x01\0", 3);
    const std::string inner = header({});
    std::string unknown = inner;
    unknown[0] = 2;
    const struct {
        const char* what;
        std::string archive;
        const char* code;
    } rows[] = {
        {"nothing wrong", of_file({}), "opened"},
        {"nothing wrong, the header encrypted", of_header(header({}), sum(header({}))), "opened"},
        {"a header of four exabytes", archive("", inner, 1ULL << 62), "not opened"},
        {"a wrong sum of the header", archive(encrypted(content), inner, 0, 1), "not opened"},
        {"no header", archive("", ""), "not opened"},
        {"a header of an unknown kind", archive(encrypted(content), unknown), "not opened"},
        {"a packed header of a terabyte", archive(encrypted(content), encoded({.folder = copy, .sizes = {1ULL << 40}})),
         "limit.members"},
        {"nothing tells a wrong password of the header", of_header(inner, {}), "archive.encryption"},
        {"nothing tells a wrong password of the file", of_file({.crc = {}}), "archive.encryption"},
        {"folders without end", of_file({.folders = 100'001, .folder = std::string(100'001, '\0')}), "limit.members"},
        {"AES with two inputs", of_file({.packed = {16, 0}, .folder = two_inputs}), "archive.encryption"},
        {"AES without properties", of_file({.folder = no_properties}), "archive.encryption"},
        {"AES with empty properties", of_file({.folder = bare}), "archive.encryption"},
        {"AES of what another coder makes", of_file({.folder = behind_copy, .sizes = {13, 16}}), "archive.encryption"},
        {"AES of what AES makes", of_file({.folder = two_aes, .sizes = {16, 13}}), "archive.encryption"},
        {"streams beyond the end", of_file({.position = 1ULL << 40}), "archive.part"},
        {"a stream beyond the end", of_file({.packed = {1 << 20}}), "archive.part"},
        {"more decrypted than is encrypted", of_file({.packed = {15}}), "archive.damaged"},
    };
    for (const auto& [what, archive, code] : rows) EXPECT_EQ(opening(archive), code) << what;
    EXPECT_EQ(opening(of_file({.position = 1ULL << 40}), {}), "input.encrypted") << "before all that is wrong";
    const auto nothing = [](const Source&, Sink&) -> Result<> { return {}; };
    EXPECT_EQ(opening(of_header(inner, sum(inner)), {"secret"}, nothing), "archive.password")
        << "unpacked, but not what the checksum is of";
}

TEST(Lies7z, WithoutLiesItIsDelivered) {
    const tests::Done done = pass(of_file({}), {.passwords = {"wrong", "secret"}});
    EXPECT_EQ(done.code, "");
    EXPECT_EQ(done.members.at("a.txt"), content);
    EXPECT_EQ(pass(of_header(header({}), sum(header({}))), {.passwords = {"secret"}}).code, "");
}

} // namespace sekisho
