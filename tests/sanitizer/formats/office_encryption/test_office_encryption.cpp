#include <algorithm>
#include <chrono>
#include <random>

#include "sanitizer/formats/office_encryption/office_encryption.h"
#include "sanitizer/verify/ooxml/ooxml.h"
#include "tests/sanitizer/formats/compound_file/builder.h"
#include "tests/sanitizer/formats/office_encryption/encrypt.h"
#include "tests/sanitizer/formats/ooxml/support.h"

namespace sekisho::tests {

namespace {

Result<> embedded(Type, const Source&, const Limits&) {
    return {}; // of other rooms
}

// Long enough for more than one segment.
Bytes package() {
    std::string body;
    std::minstd_rand digits; // so that it does not pack well
    for (int i = 0; i < 400; ++i)
        body += "<w:p><w:r><w:t>page " + std::to_string(i * 7919) + " " + std::to_string(digits()) +
                std::to_string(digits()) + std::to_string(digits()) + "</w:t></w:r></w:p>";
    body += R"(<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO evil</w:instrText></w:r>)"
            R"(<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>)";
    return Sample::word(body).bytes();
}

struct Opened {
    Bench bench{Level::rebuild, {}, nested_stand_in};
    Result<Type> type = refuse(Reason::internal);

    explicit Opened(View file, std::vector<std::string> passwords = {}) {
        bench.context.give(std::move(passwords), {});
        type = bench.run(office_encryption::open, Type::encrypted_office, file);
    }
    std::string code() const { return type ? "delivered" : type.error().code; }
    Members members() const { return unpack(bench.out.bytes()); }
};

void expect_document(const Opened& opened) {
    ASSERT_EQ(opened.code(), "delivered");
    EXPECT_EQ(*opened.type, Type::docx);
    const Members members = opened.members();
    expect_whole(members);
    const std::string& text = members.at("word/document.xml");
    EXPECT_NE(text.find("page 3159681 "), std::string::npos); // the last
    EXPECT_EQ(text.find("evil"), std::string::npos);
    EXPECT_TRUE(opened.bench.found(Finding::ooxml_dde_field));
    const MemorySource out(opened.bench.out.bytes());
    EXPECT_TRUE(verify::ooxml(Type::docx, out, Limits(), embedded));
    EXPECT_TRUE(rebuilt(opened.bench.out.bytes()).entries.empty());
}

} // namespace

TEST(OfficeEncryption, AgileOpensWithEachHashAndKey) {
    for (const char* hash : {"SHA1", "SHA256", "SHA384", "SHA512"}) {
        for (const int bits : {128, 192, 256}) {
            SCOPED_TRACE(std::string(hash) + " " + std::to_string(bits));
            Agile how;
            how.hash = hash;
            how.key_bits = bits;
            const Opened opened(encrypt(package(), how), {"wrong", "secret"});
            expect_document(opened);
            EXPECT_TRUE(opened.bench.found(Finding::ooxml_encrypted));
        }
    }
}

TEST(OfficeEncryption, StandardOpensWithEachKey) {
    for (const int bits : {128, 192, 256}) {
        SCOPED_TRACE(bits);
        const Opened opened(encrypt(package(), Standard{.key_bits = bits}), {"secret"});
        expect_document(opened);
        EXPECT_TRUE(opened.bench.found(Finding::ooxml_encrypted));
    }
}

TEST(OfficeEncryption, ProgramPasswordsAreTriedSilently) {
    for (const char16_t* password : {u"VelvetSweatshop", u"/01Hannes Ruescher/01"}) {
        Agile how;
        how.password = password;
        const Opened opened(encrypt(package(), how));
        expect_document(opened);
        EXPECT_TRUE(opened.bench.found(Finding::ooxml_default_password));
        EXPECT_FALSE(opened.bench.found(Finding::ooxml_encrypted));
    }
    expect_document(Opened(encrypt(package(), Standard{.password = u"VelvetSweatshop"})));
}

TEST(OfficeEncryption, AsksForThePassword) {
    const Bytes file = encrypt(package(), Agile());
    EXPECT_EQ(Opened(file).code(), "input.encrypted");
    const Opened wrong(file, {"Secret", "geheim"});
    EXPECT_EQ(wrong.code(), "office.password");
    EXPECT_TRUE(wrong.bench.out.bytes().empty());
    EXPECT_EQ(wrong.type.error().message.find("geheim"), std::string::npos);
    EXPECT_EQ(Opened(encrypt(package(), Standard()), {"other"}).code(), "office.password");
}

// A keyboard of another system composes characters differently; full width letters come from Japanese ones.
TEST(OfficeEncryption, PasswordsAreTriedInTheirUnicodeForms) {
    const auto opens = [](const char16_t* set, const char* typed) {
        Agile how;
        how.password = set;
        how.spins = 1;
        return Opened(encrypt(package(), how), {typed}).code() == "delivered";
    };
    EXPECT_TRUE(opens(u"パス", "パス"));
    EXPECT_TRUE(opens(u"\u30D1\u30B9", "\u30CF\u309A\u30B9")); // composed, typed decomposed
    EXPECT_TRUE(opens(u"\u30CF\u309A\u30B9", "\u30D1\u30B9")); // and the other way round
    EXPECT_TRUE(opens(u"abc", "\uFF41\uFF42\uFF43"));          // full width
    EXPECT_FALSE(opens(u"ABC", "abc"));
}

TEST(OfficeEncryption, ChangedContentIsRefused) {
    Agile how;
    how.break_proof = true;
    EXPECT_EQ(Opened(encrypt(package(), how), {"secret"}).code(), "office.tampered");
    how = {};
    how.change_content = [](Bytes& content) { content[content.size() - 1] ^= 1; };
    EXPECT_EQ(Opened(encrypt(package(), how), {"secret"}).code(), "office.tampered");
    how.change_content = [](Bytes& content) { content.erase(content.end() - 4096, content.end()); };
    EXPECT_EQ(Opened(encrypt(package(), how), {"secret"}).code(), "input.damaged");
    how.change_content = [](Bytes& content) { content[7] = 0x7F; }; // a size beyond anything
    EXPECT_EQ(Opened(encrypt(package(), how), {"secret"}).code(), "input.damaged");
}

TEST(OfficeEncryption, WorkIsBounded) {
    Agile how;
    for (const char* spins : {"1000001", "10000000", "4294967295"}) {
        how.claimed_spins = spins;
        EXPECT_EQ(Opened(encrypt(package(), how), {"secret"}).code(), "limit.seconds") << spins;
    }
    how.claimed_spins = "99999999999";
    EXPECT_EQ(Opened(encrypt(package(), how), {"secret"}).code(), "input.damaged");
    // Many passwords against the largest count: the job's time ends it.
    how.claimed_spins = "1000000";
    Limits limits;
    limits.seconds = 1;
    Bench bench(Level::rebuild, limits, nested_stand_in);
    bench.context.give(std::vector<std::string>{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}, {});
    const Bytes file = encrypt(package(), how);
    const auto start = std::chrono::steady_clock::now();
    const auto type = bench.run(office_encryption::open, Type::encrypted_office, file);
    ASSERT_FALSE(type);
    EXPECT_EQ(type.error().code, "limit.seconds");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(OfficeEncryption, SchemesThatCannotBeOpenedAreNamed) {
    const auto changed = [](const std::string& from, const std::string& to) {
        Agile how;
        how.change_info = [=](std::string& info) { info.replace(info.find(from), from.size(), to); };
        return Opened(encrypt(package(), how), {"secret"}).code();
    };
    EXPECT_EQ(changed("hashAlgorithm=\"SHA512\"", "hashAlgorithm=\"MD5\""), "office.encryption");
    EXPECT_EQ(changed("\"AES\"", "\"DES\""), "office.encryption");
    EXPECT_EQ(changed("ChainingModeCBC", "ChainingModeCFB"), "office.encryption");
    EXPECT_EQ(changed("keyEncryptor/password\"><", "keyEncryptor/other\"><"), "office.encryption");
    EXPECT_EQ(changed("keyBits=\"256\"", "keyBits=\"512\""), "office.encryption");
    EXPECT_EQ(changed("saltSize=\"16\"", "saltSize=\"15\""), "input.damaged");
    EXPECT_EQ(changed("<dataIntegrity", "<dataintegrity"), "input.damaged"); // nothing to prove the content with
    EXPECT_EQ(changed("<?xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><?xml"), "ooxml.dtd");
}

TEST(OfficeEncryption, StandardInformationThatDoesNotFitIsRefused) {
    // Where the fields are: [MS-OFFCRYPTO] 2.3.2, 2.3.3 and 2.3.4.5.
    const struct {
        const char* what;
        std::size_t at;
        std::uint32_t value;
        const char* code;
    } rows[] = {
        {"as it was", 4, 0x24, "delivered"},
        {"a program of somebody else's encrypts", 4, 0x34, "office.encryption"},
        {"not with AES", 4, 0x04, "office.encryption"},
        {"a header beyond the stream", 8, 5000, "input.damaged"},
        {"RC4", 20, 0x6801, "office.encryption"},
        {"hashes of SHA-256", 24, 0x800C, "office.encryption"},
        {"another size of the key", 28, 256, "input.damaged"},
        {"a salt of another size", 46, 15, "input.damaged"},
        {"a hash of another size", 82, 32, "input.damaged"},
    };
    const Bytes whole = package();
    for (const auto& [what, at, value, code] : rows) {
        Standard how;
        how.change_info = [&](Bytes& info) {
            for (std::size_t i = 0; i < 4; ++i) info[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
        };
        EXPECT_EQ(Opened(encrypt(whole, how), {"secret"}).code(), code) << what;
    }
}

// Between two readings a reader has to choose; what has a wrong size would be padded or cut.
TEST(OfficeEncryption, AgileInformationThatDoesNotFitIsRefused) {
    using Change = std::function<void(std::string&)>;
    const auto value = [](const char* name, const std::string& made) -> Change {
        return [=](std::string& info) {
            const std::size_t from = info.find(name + std::string("=\"")) + std::string_view(name).size() + 2;
            info.replace(from, info.find('"', from) - from, made);
        };
    };
    const auto twice = [](const char* name) -> Change {
        return [=](std::string& info) {
            const std::size_t from = info.find(name), end = info.find("/>", from) + 2;
            info.insert(end, info.substr(from, end - from));
        };
    };
    const auto salt_of = [&](std::size_t size) -> Change {
        return [=](std::string& info) {
            value("saltSize", std::to_string(size))(info);
            value("saltValue", to_base64(Bytes(size, 0x11)))(info);
        };
    };
    const struct {
        const char* what;
        Change change;
        const char* code;
    } rows[] = {
        {"as it was", salt_of(16), "delivered"},
        {"as much as fits", [](std::string& info) { info += std::string((1U << 20) - info.size() - 8, ' '); },
         "delivered"},
        {"a megabyte and more", [](std::string& info) { info += std::string(1U << 20, ' '); }, "input.damaged"},
        {"two keys of the content", twice("<keyData"), "input.damaged"},
        {"two proofs", twice("<dataIntegrity"), "input.damaged"},
        {"two passwords", twice("<p:encryptedKey"), "input.damaged"},
        {"a salt that is too long", salt_of(825), "input.damaged"},
        {"no salt", salt_of(0), "input.damaged"},
        {"a salt that is no base64", value("saltValue", "!!!!"), "input.damaged"},
        {"a proof that is too short", value("encryptedHmacValue", to_base64(Bytes(48, 1))), "input.damaged"},
        {"a key of the proof that is no blocks", value("encryptedHmacKey", to_base64(Bytes(63, 1))), "input.damaged"},
        {"a number that is none", value("spinCount", "1000x"), "input.damaged"},
    };
    const Bytes whole = package();
    for (const auto& [what, change, code] : rows) {
        Agile how;
        how.change_info = change;
        EXPECT_EQ(Opened(encrypt(whole, how), {"secret"}).code(), code) << what;
    }
    Bytes reserved = encrypt(whole, Agile());
    const Bytes head = from_hex("0400040040000000").value();
    const auto at = std::ranges::search(reserved, head).begin();
    ASSERT_NE(at, reserved.end());
    at[4] = 0x41;
    EXPECT_EQ(Opened(reserved, {"secret"}).code(), "input.damaged");
}

// An older document with a password has streams of other names.
TEST(OfficeEncryption, WithoutBothStreamsItIsOfAnotherKind) {
    for (const char* name : {"EncryptionInfo", "EncryptedPackage"})
        EXPECT_EQ(Opened(ole_file({stream(name, Bytes(100, 4))}), {"secret"}).code(), "input.encrypted") << name;
}

// What is hidden must be an Office document, or this would be a way around the rules for archives.
TEST(OfficeEncryption, OnlyOfficePackagesAreTakenOut) {
    MemorySink sink(1 << 20);
    ZipWriter zip(sink);
    ASSERT_TRUE(zip.add("setup.exe", as_view("MZ")));
    ASSERT_TRUE(zip.finish());
    EXPECT_EQ(Opened(encrypt(sink.bytes(), Agile()), {"secret"}).code(), "type.unsupported");
    const Opened text(encrypt(as_view("plain text, longer than a block"), Agile()), {"secret"});
    EXPECT_FALSE(text.type);
    const Bytes twice = encrypt(encrypt(package(), Agile()), Agile());
    EXPECT_FALSE(Opened(twice, {"secret"}).type);
    Sample addin = Sample::sheet("");
    addin.main_type("application/vnd.ms-excel.addin.macroEnabled.main+xml");
    EXPECT_EQ(Opened(encrypt(addin.bytes(), Agile()), {"secret"}).code(), "ooxml.addin");
}

// Refused, or where the damage is in bytes that nobody reads: the same document, which the HMAC proves.
TEST(OfficeEncryption, DamageIsRefused) {
    Agile how;
    how.spins = 1;
    const Bytes whole = encrypt(package(), how);
    const Bytes clean = Opened(whole, {"secret"}).bench.out.bytes();
    ASSERT_FALSE(clean.empty());
    std::size_t refused = 0;
    const auto try_one = [&](View file) {
        const Opened opened(file, {"secret"});
        refused += !opened.type;
        EXPECT_TRUE(!opened.type || opened.bench.out.bytes() == clean);
    };
    for (std::size_t size = 0; size < whole.size(); size += 397) try_one(View(whole).first(size));
    const std::size_t cut = whole.size() / 397;
    EXPECT_GT(refused, cut * 9 / 10);
    for (std::size_t at = 0; at < whole.size(); at += 211) {
        Bytes changed = whole;
        changed[at] ^= 0x20;
        try_one(changed);
    }
    EXPECT_GT(refused, cut + whole.size() / 211 / 2);
}

TEST(OfficeEncryption, OpensRealFiles) {
    struct Row {
        const char* name;
        std::vector<std::string> passwords;
        Type type;
        Finding finding;
    };
    const Row rows[] = {
        {"autostart-encrypt-standardpassword.xlsm", {}, Type::xlsx, Finding::ooxml_default_password},
        {"protectedFile.xlsx", {}, Type::xlsx, Finding::ooxml_default_password},
        {"testEXCEL_protected_passtika.xlsx", {"tika"}, Type::xlsx, Finding::ooxml_encrypted},
    };
    for (const Row& row : rows) {
        const auto path = corpus_file(row.name);
        if (!path) continue;
        const Opened opened(read_whole(*path), row.passwords);
        ASSERT_EQ(opened.code(), "delivered") << row.name;
        EXPECT_EQ(*opened.type, row.type) << row.name;
        EXPECT_TRUE(opened.bench.found(row.finding)) << row.name;
        expect_whole(opened.members());
        const MemorySource out(opened.bench.out.bytes());
        EXPECT_TRUE(verify::ooxml(row.type, out, Limits(), embedded)) << row.name;
        EXPECT_FALSE(opened.members().contains("xl/vbaProject.bin"));
    }
    const auto path = corpus_file("basic/encrypted.docx");
    EXPECT_EQ(path ? Opened(read_whole(*path)).code() : "input.encrypted", "input.encrypted");
}

} // namespace sekisho::tests
