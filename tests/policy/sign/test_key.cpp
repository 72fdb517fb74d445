// Which public keys are taken, and that one key is never taken for another.
#include <gtest/gtest.h>

#include "policy/sign/wire.h"
#include "tests/policy/sign/signer.h"

namespace sekisho::tests {

using sign::Key;
using sign::KeyKind;

constexpr KeyKind all_kinds[] = {
#define ROW(id, ...) KeyKind::id,
    SEKISHO_KEY_KINDS(ROW)
#undef ROW
};

std::string problem_of(View blob) {
    const auto key = Key::parse(blob);
    return key ? "" : key.error().code;
}

TEST(Key, EveryKindIsReadBack) {
    for (const KeyKind kind : all_kinds) {
        const PolicySigner signer(kind);
        const auto key = Key::parse(signer.blob());
        ASSERT_TRUE(key) << sign::row_of(kind).name;
        EXPECT_EQ(key->kind, kind);
        EXPECT_EQ(key->blob, signer.blob());
        EXPECT_TRUE(key->fingerprint().starts_with("SHA256:"));
        EXPECT_EQ(key->fingerprint().size(), 7U + 43U);
    }
}

TEST(Key, EveryCutIsRefused) {
    for (const KeyKind kind : all_kinds) {
        const PolicySigner signer(kind);
        for (std::size_t size = 0; size < signer.blob().size(); ++size)
            EXPECT_FALSE(Key::parse(View(signer.blob()).first(size))) << size;
        Bytes longer = signer.blob();
        longer.push_back(0);
        EXPECT_EQ(problem_of(longer), "P0906");
    }
}

TEST(Key, PointThatIsNotOnTheCurveIsRefused) {
    for (const KeyKind kind : {KeyKind::ecdsa_256, KeyKind::ecdsa_384, KeyKind::ecdsa_521}) {
        Bytes blob = PolicySigner(kind).blob();
        blob.back() ^= 1;
        EXPECT_EQ(problem_of(blob), "P0906");
    }
}

TEST(Key, OtherKindsAreRefused) {
    for (const char* name : {"ssh-rsa", "ssh-dss", "webauthn-sk-ecdsa-sha2-nistp256@openssh.com", ""}) {
        ByteWriter writer;
        sign::write_string(writer, as_view(name));
        sign::write_string(writer, Bytes(32, 1));
        EXPECT_EQ(problem_of(writer.bytes()), "P0905") << name;
    }
}

TEST(Key, CurveOfAnotherKindIsRefused) {
    ByteWriter writer;
    sign::write_string(writer, as_view("ecdsa-sha2-nistp256"));
    sign::write_string(writer, as_view("nistp384"));
    sign::write_string(writer, Bytes(97, 4));
    EXPECT_EQ(problem_of(writer.bytes()), "P0906");
}

} // namespace sekisho::tests
