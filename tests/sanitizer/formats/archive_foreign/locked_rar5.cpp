// RAR 5 with a password. Nothing free writes one: it is made here after the technote (RAR 5.0 archive format), with
// stored members; what is unlocked is read by libarchive.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libdeflate.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "sanitizer/formats/archive_encryption/archive_encryption.h"
#include "tests/sanitizer/formats/archive_foreign/support.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using testing::ElementsAre;
using tests::Done;
using tests::pass;

// What the header of the last member says and is not so.
struct Lie {
    std::uint64_t block_flags = 0, flags = 0;        // beside the true ones
    std::uint64_t unpacked = 0, data = 0, extra = 0; // added to the true sizes
    std::string behind = {};                         // the encrypted data, and counted
    std::uint8_t version = 0;                        // of the encryption
    bool other_check = false;                        // with the salt and rounds of the others
};

struct How {
    std::string password = "secret";
    bool headers = false; // encrypted, too
    bool keyed = true;    // checksums depend on the password
    bool check = true;    // there is a value that tells a wrong password
    bool crc = true;
    unsigned power = 4;
    std::uint8_t main_flags = 0;
    std::size_t open_members = 0;  // so many of the first are not encrypted
    std::uint64_t compression = 0; // stored
    std::string blocks = {};       // as they are, behind the members
    Lie lie = {};
};

struct Keys {
    Bytes cipher, sums, check;
};

void variable(ByteWriter& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out.u8(static_cast<std::uint8_t>(value | 0x80));
    out.u8(static_cast<std::uint8_t>(value));
}

class Writer {
public:
    explicit Writer(How how) : m_how(std::move(how)) {
        const auto derived = [&](int more) {
            Bytes key(32);
            EXPECT_EQ(PKCS5_PBKDF2_HMAC(m_how.password.data(), static_cast<int>(m_how.password.size()), m_salt.data(),
                                        static_cast<int>(m_salt.size()), (1 << m_how.power) + more, EVP_sha256(), 32,
                                        key.data()),
                      1);
            return key;
        };
        m_keys = {derived(0), derived(16), Bytes(8)};
        const Bytes last = derived(32);
        for (std::size_t i = 0; i < last.size(); ++i) m_keys.check[i % 8] ^= last[i];
    }

    std::string archive(const std::vector<tests::Stored>& members) {
        m_out.text(std::string_view("Rar!\x1a\x07\1\0", 8));
        if (m_how.headers) {
            ByteWriter encryption;
            variable(encryption, 4);
            variable(encryption, 0);
            variable(encryption, 0); // AES-256
            variable(encryption, m_how.check ? 1 : 0);
            encryption.u8(static_cast<std::uint8_t>(m_how.power));
            encryption.raw(m_salt);
            put_check(encryption);
            block(encryption.bytes());
            m_locked = true;
        }
        ByteWriter main;
        for (const unsigned value : {1U, 0U, unsigned{m_how.main_flags}}) variable(main, value);
        block(main.bytes());
        for (std::size_t i = 0; i < members.size(); ++i)
            file(members[i], i >= m_how.open_members, i + 1 == members.size() ? m_how.lie : Lie());
        m_out.text(m_how.blocks);
        ByteWriter service; // quick open: copies of headers, at places that will not be theirs
        for (const unsigned value : {3U, 2U, 5U, 0U, 5U, 0U, 0U, 0U, 2U}) variable(service, value);
        service.text("QO");
        block(service.bytes());
        m_out.text("trash");
        ByteWriter end;
        for (const unsigned value : {5U, 0U, 0U}) variable(end, value);
        block(end.bytes());
        return std::string(as_text(m_out.bytes()));
    }

private:
    Bytes encrypted(Bytes plain, const Bytes& iv) const {
        plain.resize((plain.size() + 15) / 16 * 16);
        EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
        int made = 0;
        EVP_EncryptInit_ex2(context, EVP_aes_256_cbc(), m_keys.cipher.data(), iv.data(), nullptr);
        EVP_CIPHER_CTX_set_padding(context, 0);
        EVP_EncryptUpdate(context, plain.data(), &made, plain.data(), static_cast<int>(plain.size()));
        EVP_CIPHER_CTX_free(context);
        return plain;
    }
    void put_check(ByteWriter& out, bool other = false) const {
        if (!m_how.check) return;
        const Bytes check = other ? Bytes(8, 1) : m_keys.check;
        out.raw(check);
        Bytes digest(32);
        EVP_Digest(check.data(), 8, digest.data(), nullptr, EVP_sha256(), nullptr);
        out.raw(View(digest).first(4));
    }
    void block(View content) {
        ByteWriter sized;
        variable(sized, content.size());
        sized.raw(content);
        ByteWriter whole;
        whole.u32le(libdeflate_crc32(0, sized.bytes().data(), sized.size()));
        whole.raw(sized.bytes());
        if (!m_locked) return m_out.raw(whole.bytes());
        const Bytes iv(16, m_next_iv++);
        m_out.raw(iv);
        m_out.raw(encrypted(whole.take(), iv));
    }
    std::uint32_t sum(const std::string& content) const {
        const std::uint32_t crc = libdeflate_crc32(0, content.data(), content.size());
        if (!m_how.keyed) return crc;
        ByteWriter message;
        message.u32le(crc);
        Bytes made(32);
        HMAC(EVP_sha256(), m_keys.sums.data(), 32, message.bytes().data(), 4, made.data(), nullptr);
        std::uint32_t folded = 0;
        for (std::size_t i = 0; i < 32; ++i) folded ^= static_cast<std::uint32_t>(made[i]) << (i % 4 * 8);
        return folded;
    }
    void file(const tests::Stored& member, bool locked, const Lie& lie) {
        const Bytes iv(16, m_next_iv++);
        ByteWriter record;
        variable(record, 1); // encryption
        variable(record, lie.version);
        variable(record, (m_how.check ? 1U : 0U) | (m_how.keyed ? 2U : 0U));
        record.u8(static_cast<std::uint8_t>(m_how.power));
        record.raw(m_salt);
        record.raw(iv);
        put_check(record, lie.other_check);
        ByteWriter extra;
        if (locked) {
            variable(extra, record.size());
            extra.raw(record.bytes());
        }
        Bytes data = locked ? encrypted(to_bytes(member.content), iv) : to_bytes(member.content);
        data.insert(data.end(), lie.behind.begin(), lie.behind.end());
        ByteWriter header;
        variable(header, 2);
        variable(header, (locked ? 3 : 2) | lie.block_flags);
        if (locked) variable(header, extra.size() + lie.extra);
        variable(header, data.size() + lie.data);
        variable(header, (m_how.crc ? 4 : 0) | lie.flags);
        variable(header, member.content.size() + lie.unpacked);
        variable(header, 0100644);
        if (m_how.crc)
            header.u32le(locked ? sum(member.content)
                                : libdeflate_crc32(0, member.content.data(), member.content.size()));
        variable(header, m_how.compression);
        variable(header, 1); // Unix
        variable(header, member.name.size());
        header.text(member.name);
        header.raw(extra.bytes());
        block(header.bytes());
        m_out.raw(data);
    }

    How m_how;
    Keys m_keys;
    Bytes m_salt = Bytes(16, 0x5a);
    ByteWriter m_out;
    bool m_locked = false;
    std::uint8_t m_next_iv = 1;
};

const std::string large = [] {
    std::string text;
    for (int i = 0; i < 50'000; ++i) text += std::to_string(i * 7919 % 10'007) + '\n';
    return text;
}();

std::string made(How how = {}) {
    return Writer(std::move(how)).archive({{"large.txt", large}, {"報告.txt", "住民票\n"}});
}

// What taking the encryption out says, before anybody reads what is left: the code of its refusal.
std::string opening(const std::string& archive, const Limits& limits = {}) {
    Budget budget(limits);
    const MemorySource source(as_view(archive));
    const std::array passwords{std::string("secret")};
    const auto opened = archive_encryption::open(Type::rar, source, passwords, budget, {});
    return !opened ? opened.error().code : opened->source ? "opened" : "not encrypted";
}

std::string two(How how) {
    return Writer(std::move(how)).archive({{"a.txt", "hello, world\n"}, {"b.txt", "hello, world\n"}});
}

// A member that says it is compressed: the header of its only block and what that is the size of.
std::string compressed(std::uint8_t flags, std::uint8_t size, std::uint8_t wrong = 0) {
    std::string block{static_cast<char>(flags), static_cast<char>(flags ^ 0x5a ^ size ^ wrong),
                      static_cast<char>(size)};
    block.append(flags >> 3 & 7, '\0'); // the rest of the size
    return Writer({.compression = 0x80}).archive({{"a.txt", block + "abcdef"}});
}

void expect_whole(const std::string& archive) {
    const Done done = pass(archive, {.passwords = {"wrong", "secret", "other"}});
    EXPECT_EQ(done.code, "");
    EXPECT_TRUE(done.found("archive.decrypted"));
    EXPECT_THAT(done.names(), ElementsAre("large.txt", "報告.txt"));
    EXPECT_EQ(done.members.at("報告.txt"), "住民票\n");
    EXPECT_TRUE(done.members.at("large.txt") == large);
}

} // namespace

// A11
TEST(LockedRar5, OpensWithOneOfSeveralPasswords) {
    for (const How& how : {How{}, How{.headers = true}, How{.keyed = false}, How{.headers = true, .keyed = false},
                           How{.open_members = 1}, How{.power = 15}}) {
        const std::string archive = made(how);
        EXPECT_EQ(pass(archive).code, "input.encrypted");
        EXPECT_EQ(pass(archive, {.passwords = {"wrong"}}).code, "archive.password");
        expect_whole(archive);
    }
}

TEST(LockedRar5, OpensInEveryFormOfAPassword) {
    const std::string archive = made({.password = "か\u3099ひみつ"});
    EXPECT_EQ(pass(archive, {.passwords = {"がひみつ"}}).code, "");
    EXPECT_EQ(pass(archive, {.passwords = {"かひみつ"}}).code, "archive.password");
}

TEST(LockedRar5, WhatHidesBehindItIsStillFound) {
    EXPECT_TRUE(pass(made() + "hidden", {.passwords = {"secret"}}).found("zip.hidden-data"));
}

TEST(LockedRar5, DamageIsRefused) {
    for (const bool keyed : {true, false}) {
        std::string archive = made({.keyed = keyed});
        for (const std::size_t left : {archive.size() - 9, archive.size() / 2, std::size_t{60}})
            EXPECT_EQ(pass(archive.substr(0, left), {.passwords = {"secret"}}).code, "archive.part") << left;
        archive[archive.size() / 2] = static_cast<char>(archive[archive.size() / 2] ^ 1);
        EXPECT_EQ(pass(archive, {.passwords = {"secret"}}).code, "archive.damaged");
    }
}

TEST(LockedRar5, WhatNothingProvesIsRefused) {
    EXPECT_EQ(pass(made({.check = false}), {.passwords = {"secret"}}).code, "archive.encryption");
    EXPECT_EQ(pass(made({.headers = true, .check = false}), {.passwords = {"secret"}}).code, "archive.encryption");
    EXPECT_EQ(pass(made({.crc = false}), {.passwords = {"secret"}}).code, "archive.checksum");
    EXPECT_EQ(pass(made({.keyed = false, .crc = false}), {.passwords = {"secret"}}).code, "archive.checksum");
}

TEST(LockedRar5, RoundsWithoutEndAreRefused) {
    for (const bool headers : {true, false})
        EXPECT_EQ(pass(made({.headers = headers, .power = 19}), {.passwords = {"secret"}}).code, "archive.encryption");
    // Many passwords against the largest count: the job's time ends it.
    std::vector<std::string> many;
    for (int i = 0; i < 1000; ++i) many.push_back(std::to_string(i));
    Limits limits;
    limits.seconds = 1;
    EXPECT_EQ(pass(made({.power = 18}), {.passwords = many, .limits = limits}).code, "limit.seconds");
}

TEST(LockedRar5, WhatContradictsItselfIsRefusedBeforeItIsRead) {
    constexpr std::uint64_t goes_on = 0x10, size_unknown = 8;
    constexpr std::uint8_t is_last = 0x40, four_bytes = 0x18;
    ByteWriter no_size, endless;
    no_size.u32le(libdeflate_crc32(0, "", 1));
    no_size.u8(0);
    endless.u32le(0);
    variable(endless, 1ULL << 62);
    const std::string whole = two({});
    std::string other_name = whole;
    other_name.at(whole.find("QO")) = 'q';
    const std::string volumes_of_open = two({.headers = true, .main_flags = 1, .open_members = 2});
    const struct {
        const char* what;
        std::string archive;
        const char* code;
    } rows[] = {
        {"nothing wrong", whole, "opened"},
        {"nothing wrong, compressed", compressed(is_last, 6), "opened"},
        {"volumes with encrypted headers, of open members", volumes_of_open, "archive.encryption"},
        {"volumes of encrypted members", two({.main_flags = 1}), "archive.encryption"},
        {"a member that goes on in another volume", two({.lie = {.block_flags = goes_on}}), "archive.encryption"},
        {"another cipher", two({.lie = {.version = 1}}), "archive.encryption"},
        {"a second member of another password", two({.lie = {.other_check = true}}), "archive.password"},
        {"a size that is unknown", two({.lie = {.flags = size_unknown}}), "archive.method"},
        {"half a block of the cipher", two({.lie = {.behind = "12345678"}}), "archive.damaged"},
        {"stored, larger than its data", two({.lie = {.unpacked = 4}}), "archive.damaged"},
        {"data beyond the end", two({.lie = {.data = 1600}}), "archive.part"},
        {"open data beyond the end", two({.open_members = 1, .lie = {.data = 1600}}), "archive.part"},
        {"nothing that checks the content", two({.crc = false}), "archive.checksum"},
        {"records larger than their header", two({.lie = {.extra = 500}}), "archive.damaged"},
        {"a changed byte in a header", other_name, "archive.damaged"},
        {"a header of no size", two({.blocks = std::string(as_text(no_size.bytes()))}), "archive.damaged"},
        {"a header of four exabytes", two({.blocks = std::string(as_text(endless.bytes()))}), "archive.damaged"},
        {"cut within the last header", whole.substr(0, whole.size() - 5), "archive.part"},
        {"a wrong sum of a compressed block", compressed(is_last, 6, 1), "archive.damaged"},
        {"a compressed block with four bytes of size", compressed(is_last | four_bytes, 6), "archive.damaged"},
        {"a compressed block larger than its member", compressed(is_last, 200), "archive.damaged"},
    };
    for (const auto& [what, archive, code] : rows) EXPECT_EQ(opening(archive), code) << what;
    Limits limits;
    limits.members = 1;
    EXPECT_EQ(opening(whole, limits), "limit.members");
}

TEST(LockedRar5, WhatIsUnlockedIsNotHeldInMemoryBeyondTheLimit) {
    const std::string archive = two({});
    Budget budget{Limits()};
    const MemorySource source(as_view(archive));
    const std::array passwords{std::string("secret")};
    const auto opened = archive_encryption::open(Type::rar, source, passwords, budget, {});
    ASSERT_TRUE(opened && opened->source);
    EXPECT_TRUE(opened->source->whole(opened->source->size()));
    const auto refused = opened->source->whole(opened->source->size() - 1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(reason_of(refused.error()), Reason::limit_bytes);
}

TEST(LockedRar5, VolumesAreRefusedByName) {
    const std::string archive = made({.headers = true, .main_flags = 1});
    EXPECT_EQ(
        pass(archive, {.passwords = {"secret"}, .parts = {archive.size() / 2, archive.size() - archive.size() / 2}})
            .code,
        "archive.encryption");
}

TEST(LockedRar5, AHostileByteDeliversNothingElse) {
    const std::string archive = Writer({}).archive({{"a.txt", "hello, world\n"}});
    for (std::size_t i = 8; i < archive.size(); ++i) {
        std::string changed = archive;
        changed[i] = static_cast<char>(changed[i] ^ 0x10);
        const Done done = pass(changed, {.passwords = {"secret"}});
        if (!done.code.empty() || done.members.empty()) continue;
        EXPECT_EQ(done.members.begin()->second, "hello, world\n") << i;
    }
}

// Of WinRAR, compressed, with a password that libarchive's own tests do not name.
TEST(LockedRar5, Corpus) {
    const auto path = tests::corpus_file("test_read_format_rar5_encrypted_filenames.rar");
    if (!path) GTEST_SKIP();
    const Bytes archive = tests::read_whole(*path);
    EXPECT_EQ(pass(as_text(archive)).code, "input.encrypted");
    EXPECT_EQ(pass(as_text(archive), {.passwords = {"wrong"}}).code, "archive.password");
    const Done done = pass(as_text(archive), {.passwords = {"password"}});
    EXPECT_EQ(done.code, "");
    EXPECT_THAT(done.names(), ElementsAre("a.txt", "b.txt", "c.txt", "d.txt"));
    for (const auto& [name, content] : done.members) EXPECT_EQ(content.size(), 18U) << name << content;
}

} // namespace sekisho
