// Can anything be read that is not there, and do the encodings keep to their standards?
#include <array>
#include <fcntl.h>

#include <gtest/gtest.h>

#include "base/bytes/bytes.h"
#include "base/crypto/crypto.h"
#include "base/stream/stream.h"

namespace sekisho {

TEST(ByteReader, NeverLeavesItsBytes) {
    const Bytes bytes{1, 2, 3};
    ByteReader reader(bytes);
    EXPECT_FALSE(reader.u32le());
    EXPECT_EQ(reader.position(), 0U) << "a failed read must not move";
    EXPECT_EQ(*reader.u16be(), 0x0102);
    EXPECT_FALSE(reader.u16le());
    EXPECT_FALSE(reader.skip(2));
    EXPECT_FALSE(reader.bytes(SIZE_MAX));
    EXPECT_FALSE(reader.seek(4));
    EXPECT_EQ(*reader.u8(), 3);
    EXPECT_TRUE(reader.at_end());
}

// RFC 4648 section 10.
TEST(Base64, KeepsToTheStandardsVectors) {
    const std::array<std::pair<std::string_view, std::string_view>, 7> vectors{{{"", ""},
                                                                                {"f", "Zg=="},
                                                                                {"fo", "Zm8="},
                                                                                {"foo", "Zm9v"},
                                                                                {"foob", "Zm9vYg=="},
                                                                                {"fooba", "Zm9vYmE="},
                                                                                {"foobar", "Zm9vYmFy"}}};
    for (const auto& [plain, encoded] : vectors) {
        EXPECT_EQ(to_base64(as_view(plain)), encoded);
        EXPECT_EQ(as_text(*from_base64(encoded)), plain);
    }
    for (const char* bad : {"Zg=", "Z===", "====", "Zm9v!bad", "Zm=v"}) EXPECT_FALSE(from_base64(bad)) << bad;
}

TEST(Hex, RefusesWhatIsNotHex) {
    EXPECT_EQ(to_hex(Bytes{0, 0xAB}), "00ab");
    EXPECT_EQ(*from_hex("00AB"), (Bytes{0, 0xAB}));
    EXPECT_FALSE(from_hex("0"));
    EXPECT_FALSE(from_hex("0g"));
}

TEST(MemorySink, StopsAtItsLimit) {
    MemorySink sink(4);
    EXPECT_TRUE(sink.write("abc"));
    const auto over = sink.write("de");
    ASSERT_FALSE(over);
    EXPECT_EQ(over.error().code, "limit.bytes");
    EXPECT_EQ(as_text(sink.bytes()), "abc");
}

TEST(SliceSource, ShowsItsSliceOnly) {
    const Bytes bytes = to_bytes("0123456789");
    const MemorySource all(bytes);
    const SliceSource slice(all, 3, 4);
    Bytes read(10);
    EXPECT_EQ(*slice.read_at(1, read), 3U);
    EXPECT_EQ(as_text(View(read).first(3)), "456");
    EXPECT_EQ(as_text(*slice.whole(4)), "3456");
    EXPECT_FALSE(slice.whole(3));
}

TEST(SealedMemoryFile, CannotBeChangedThroughAnyDescriptor) {
    const Descriptor file = *make_memory_file("test");
    ASSERT_TRUE(write_all(file, as_view("before")));
    const Descriptor kept = *file.duplicate();
    ASSERT_TRUE(seal(file));
    EXPECT_TRUE(is_sealed(file));
    EXPECT_FALSE(write_all(kept, as_view("after")));
    EXPECT_NE(fallocate(kept.get(), 0, 0, 100), 0);
}

// FIPS 180-4 example, RFC 8032 section 7.1 test 2.
TEST(Crypto, KeepsToTheStandardsVectors) {
    EXPECT_EQ(to_hex(sha256(as_view("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const auto key =
        *SigningKey::from_seed(*from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    EXPECT_EQ(to_hex(key.public_key()), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const Bytes message{0x72};
    const Signature signature = key.sign(message);
    EXPECT_EQ(to_hex(signature), "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                 "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    EXPECT_TRUE(verify_signature(key.public_key(), message, signature));
    EXPECT_FALSE(verify_signature(key.public_key(), Bytes{0x73}, signature));
}

} // namespace sekisho
