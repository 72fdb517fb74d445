// Presentations that are encrypted here, by the words of [MS-PPT] 2.3.7 and [MS-OFFCRYPTO] 2.3.5, and one of
// PowerPoint.
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "sanitizer/formats/compound_file/compound_file.h"
#include "sanitizer/formats/legacy/legacy.h"
#include "sanitizer/formats/legacy/slides_password.h"
#include "sanitizer/formats/office_encryption/rc4.h"
#include "sanitizer/formats/ooxml/ooxml.h"
#include "tests/sanitizer/convert/suite.h"
#include "tests/sanitizer/formats/compound_file/builder.h"
#include "tests/support/corpus.h"

namespace sekisho::legacy {

namespace {

using office_encryption::Rc4;
using tests::Bench;

Bytes sha1(View one, View other) {
    Bytes all(one.begin(), one.end()), made(20);
    all.insert(all.end(), other.begin(), other.end());
    EXPECT_EQ(EVP_Digest(all.data(), all.size(), made.data(), nullptr, EVP_sha1(), nullptr), 1);
    return made;
}

Bytes numbers(std::initializer_list<std::uint32_t> values) {
    ByteWriter out;
    for (const std::uint32_t value : values) out.u32le(value);
    return out.take();
}

Bytes joined(std::initializer_list<View> pieces) {
    Bytes all;
    for (const View piece : pieces) all.insert(all.end(), piece.begin(), piece.end());
    return all;
}

Bytes record(std::uint16_t kind, std::uint16_t type, View content) {
    ByteWriter out;
    out.u16le(kind);
    out.u16le(type);
    out.u32le(static_cast<std::uint32_t>(content.size()));
    out.raw(content);
    return out.take();
}

class Encryptor {
public:
    Encryptor(std::string_view password, std::uint32_t bits) : m_bits(bits) {
        Bytes wide;
        for (const char c : password) wide.insert(wide.end(), {static_cast<std::uint8_t>(c), 0});
        m_hash = sha1(m_salt, wide);
    }

    void apply(std::uint32_t block, std::span<std::uint8_t> bytes) const {
        Bytes key = sha1(m_hash, numbers({block}));
        key.resize(m_bits / 8);
        if (m_bits == 40) key.resize(16);
        Rc4(key).apply(bytes);
    }

    Bytes info(std::uint32_t cipher = 0x6801) const {
        Bytes verifier(16, 0x5A), proof = sha1(verifier, {});
        verifier.insert(verifier.end(), proof.begin(), proof.end());
        apply(0, verifier);
        const Bytes header = numbers({4, 0, cipher, 0x8004, m_bits, 1, 0, 0});
        return joined({numbers({0x00020002, 4, static_cast<std::uint32_t>(header.size())}), header, numbers({16}),
                       m_salt, View(verifier).first(16), numbers({20}), View(verifier).subspan(16)});
    }

private:
    std::uint32_t m_bits;
    Bytes m_salt = Bytes(16, 0x33), m_hash;
};

struct Presentation {
    std::vector<Bytes> objects;                           // with the numbers 1, 2, ...
    std::vector<std::vector<Bytes>> pictures;             // by their fields
    std::uint32_t before = 0, shift = 0, cipher = 0x6801; // of a directory that lies
};

Bytes encrypted(const Presentation& plain, const Encryptor& encryptor) {
    Bytes slides, pictures;
    std::vector<std::uint32_t> places;
    for (const Bytes& object : plain.objects) {
        places.push_back(static_cast<std::uint32_t>(slides.size()));
        Bytes hidden = object;
        encryptor.apply(static_cast<std::uint32_t>(places.size()), hidden);
        slides.insert(slides.end(), hidden.begin(), hidden.end());
    }
    places.push_back(static_cast<std::uint32_t>(slides.size()));
    const auto session = static_cast<std::uint32_t>(places.size());
    slides = joined({slides, record(0xF, 0x2F14, encryptor.info(plain.cipher))});
    ByteWriter directory;
    directory.u32le(session << 20 | 1);
    for (const std::uint32_t place : places) directory.u32le(place == 0 ? plain.shift : place);
    const auto directory_at = static_cast<std::uint32_t>(slides.size());
    slides = joined({slides, record(0, 0x1772, directory.bytes())});
    const auto edit_at = static_cast<std::uint32_t>(slides.size());
    slides =
        joined({slides, record(0, 0x0FF5, numbers({256, 0x03000000, plain.before, directory_at, 1, 9, 0, session}))});
    for (const auto& picture : plain.pictures)
        for (Bytes field : picture) {
            encryptor.apply(0, field);
            pictures.insert(pictures.end(), field.begin(), field.end());
        }
    const Bytes user = record(0, 0x0FF6, numbers({20, 0xF3D1C4DF, edit_at, 0x03F40000, 3, 8}));
    return tests::OleBuilder().build({tests::stream("Current User", user), tests::stream("PowerPoint Document", slides),
                                      tests::stream("Pictures", pictures),
                                      tests::stream("EncryptedSummary", Bytes(20))});
}

const Presentation two_objects{{record(0xF, 0x03E8, Bytes(700, 1)), record(0xF, 0x03EE, Bytes(90, 2))}, {}};

Result<Bytes> opened(const Bytes& file, std::vector<std::string> passwords) {
    Bench bench;
    bench.context.give(std::move(passwords), {});
    const MemorySource source(file);
    Job job{source, bench.out, Type::ppt, bench.context};
    return decrypted_slides(job);
}

Reason reason_for(const Bytes& file, std::vector<std::string> passwords = {"secret"}) {
    const auto done = opened(file, std::move(passwords));
    return done ? Reason::none : reason_of(done.error());
}

// The beginning of a stream: a short one is followed by zeros.
Bytes stream_of(const Bytes& file, std::string_view name, std::size_t size) {
    Budget budget{Limits{}};
    const MemorySource source(file);
    const auto opened = CompoundFile::open(source, budget);
    const auto index = opened ? opened->child(CompoundFile::root, name) : std::nullopt;
    if (!index) return {};
    Bytes content = *opened->read(*index);
    content.resize(size);
    return content;
}

} // namespace

// RFC 6229, section 2: keys of 40 and 128 bits
TEST(SlidesPassword, TheCipherIsTheKnownOne) {
    Bytes zeros(8);
    Rc4(Bytes{1, 2, 3, 4, 5}).apply(zeros);
    EXPECT_EQ(to_hex(zeros), "b2396305f03dc027");
    zeros.assign(8, 0);
    Rc4(Bytes{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}).apply(zeros);
    EXPECT_EQ(to_hex(zeros), "9ac7cc9a609d1ef7");
}

TEST(SlidesPassword, EveryObjectIsOpenedByItsOwnKey) {
    for (const std::uint32_t bits : {40U, 56U, 128U}) {
        const auto plain = opened(encrypted(two_objects, Encryptor("secret", bits)), {"wrong", "secret"});
        ASSERT_TRUE(plain) << bits << ' ' << to_line(plain.error());
        const Bytes all = joined({two_objects.objects[0], two_objects.objects[1]});
        EXPECT_EQ(stream_of(*plain, "PowerPoint Document", all.size()), all);
        EXPECT_EQ(to_hex(stream_of(*plain, "Current User", 16)), "0000f60f18000000140000005fc091e3");
        EXPECT_TRUE(stream_of(*plain, "EncryptedSummary", 1).empty()) << "the suite refuses a file that has it";
    }
}

TEST(SlidesPassword, PicturesAreOpenedFieldByField) {
    Presentation shown = two_objects;
    const Bytes photo(300, 7), drawing(40, 8), digest(16, 9);
    // A JPEG with one digest, an EMF with two
    const auto photo_size = static_cast<std::uint32_t>(digest.size() + 1 + photo.size());
    const auto drawing_size = static_cast<std::uint32_t>(2 * digest.size() + 34 + drawing.size());
    shown.pictures = {{numbers({0xF01D46A0, photo_size}), digest, Bytes(1, 0xFF), photo},
                      {numbers({0xF01A3D50, drawing_size}), digest, digest, Bytes(34, 5), drawing}};
    Bytes all;
    for (const auto& picture : shown.pictures)
        for (const Bytes& field : picture) all = joined({all, field});
    const auto plain = opened(encrypted(shown, Encryptor("secret", 128)), {"secret"});
    ASSERT_TRUE(plain) << to_line(plain.error());
    EXPECT_EQ(stream_of(*plain, "Pictures", all.size()), all);
}

TEST(SlidesPassword, WhatPowerPointOpensByItselfIsOpened) {
    EXPECT_EQ(reason_for(encrypted(two_objects, Encryptor("/01Hannes Ruescher/01", 40)), {}), Reason::none);
}

TEST(SlidesPassword, AMissingAndAWrongPasswordHaveTheirReasons) {
    const Bytes file = encrypted(two_objects, Encryptor("secret", 128));
    EXPECT_EQ(reason_for(file, {}), Reason::input_encrypted);
    EXPECT_EQ(reason_for(file, {"wrong", ""}), Reason::office_password);
}

TEST(SlidesPassword, ADirectoryThatLiesIsRefused) {
    const Encryptor encryptor("secret", 128);
    Presentation lying = two_objects;
    lying.before = 1 << 20; // a circle
    EXPECT_EQ(reason_for(encrypted(lying, encryptor)), Reason::ole_damaged);
    lying = two_objects;
    lying.shift = 100; // one object inside of another
    EXPECT_EQ(reason_for(encrypted(lying, encryptor)), Reason::ole_damaged);
    lying.shift = ~0U;
    EXPECT_EQ(reason_for(encrypted(lying, encryptor)), Reason::ole_damaged);
    lying = two_objects;
    lying.objects[1][4] = 0xFF; // longer than the stream
    lying.objects[1][6] = 0xFF;
    EXPECT_EQ(reason_for(encrypted(lying, encryptor)), Reason::ole_damaged);
    lying = two_objects;
    lying.cipher = 0x660E; // AES
    EXPECT_EQ(reason_for(encrypted(lying, encryptor)), Reason::office_encryption);
}

TEST(SlidesPassword, APresentationOfPowerPointIsDelivered) {
    const auto path = tests::corpus_file("Password_Protected-56-hello.ppt");
    if (!path || !tests::Suite::is_installed()) GTEST_SKIP() << "needs SEKISHO_CORPUS and LibreOffice";
    tests::Suite suite;
    Bench bench, words;
    bench.context.use(suite.converter());
    bench.context.give({"hello"}, {});
    const auto type = bench.run(rebuild, Type::ppt, tests::read_whole(*path));
    ASSERT_TRUE(type) << to_line(type.error());
    EXPECT_TRUE(bench.found(Finding::ole_encryption));
    ASSERT_TRUE(words.run(ooxml::text, Type::pptx, bench.out.bytes()));
    EXPECT_NE(as_text(words.out.bytes()).find("This is a protected document"), std::string_view::npos);
}

} // namespace sekisho::legacy
