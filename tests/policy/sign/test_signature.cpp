// What counts as a signature of a message for our purpose.
#include <functional>

#include <gtest/gtest.h>

#include "policy/sign/lines.h"
#include "policy/sign/signature.h"
#include "policy/sign/wire.h"
#include "tests/policy/sign/signer.h"

namespace sekisho::tests {

using sign::KeyKind;

constexpr KeyKind all_kinds[] = {
#define ROW(id, ...) KeyKind::id,
    SEKISHO_KEY_KINDS(ROW)
#undef ROW
};

std::string outcome(const std::string& armor, std::string_view message) {
    const auto parsed = sign::parse_signatures(armor);
    if (!parsed) return parsed.error().code;
    if (parsed->size() != 1) return "count";
    const auto checked = sign::verify(parsed->front(), as_view(message));
    return checked ? "" : checked.error().code;
}

// The blob of an armoured signature, changed.
std::string changed(const std::string& armor, const std::function<void(Bytes&)>& change) {
    std::string base64;
    for (sign::Lines lines(armor); lines.next();)
        if (!lines.line().starts_with('-')) base64 += lines.line();
    Bytes blob = *from_base64(base64);
    change(blob);
    return armored(blob);
}

TEST(Signature, EveryKindAndHashHolds) {
    for (const KeyKind kind : all_kinds) {
        const PolicySigner signer(kind);
        for (const char* hash : {"sha256", "sha512"})
            for (int round = 0; round < 8; ++round) // r and s are now longer, now shorter
                EXPECT_EQ(outcome(signer.sign("manifest", {.hash = hash}), "manifest"), "")
                    << sign::row_of(kind).name << ' ' << hash;
    }
}

TEST(Signature, OtherMessageIsWrong) {
    for (const KeyKind kind : all_kinds)
        EXPECT_EQ(outcome(PolicySigner(kind).sign("manifest"), "manifest."), "P0904") << sign::row_of(kind).name;
}

TEST(Signature, OtherPurposeIsRefused) {
    const PolicySigner signer;
    for (const char* purpose : {"file", "git", "sekisho-policy@v2", "sekisho-policy", ""})
        EXPECT_EQ(outcome(signer.sign("manifest", {.purpose = purpose}), "manifest"), "P0903") << purpose;
}

TEST(Signature, PurposeCannotBeWrittenOver) {
    const std::string made = PolicySigner().sign("manifest", {.purpose = "sekisho-policy@v2"});
    const std::string lie = changed(made, [](Bytes& blob) {
        const std::string text(as_text(blob));
        blob[text.find("@v2") + 2] = '1';
    });
    EXPECT_EQ(outcome(lie, "manifest"), "P0904");
}

TEST(Signature, HashCannotBeWrittenOver) {
    const std::string made = PolicySigner().sign("manifest", {.hash = "sha256"});
    const std::string lie = changed(made, [](Bytes& blob) {
        const std::size_t at = std::string(as_text(blob)).find("sha256");
        std::ranges::copy(as_view("sha512"), blob.begin() + static_cast<std::ptrdiff_t>(at));
    });
    EXPECT_EQ(outcome(lie, "manifest"), "P0904");
    EXPECT_EQ(outcome(PolicySigner().sign("manifest", {.hash = "sha1"}), "manifest"), "P0902");
}

TEST(Signature, KeyCannotBeWrittenOver) {
    const PolicySigner mine, other;
    const std::string lie =
        changed(mine.sign("manifest"), [&](Bytes& blob) { std::ranges::copy(other.blob(), blob.begin() + 6 + 4 + 4); });
    EXPECT_EQ(outcome(lie, "manifest"), "P0904");
}

TEST(Signature, NoBitCanBeTurned) {
    for (const KeyKind kind : all_kinds) {
        const PolicySigner signer(kind);
        const std::string made = signer.sign("manifest");
        std::size_t size = 0;
        changed(made, [&](Bytes& blob) { size = blob.size(); });
        for (std::size_t i = 0; i < size; ++i)
            EXPECT_NE(outcome(changed(made, [&](Bytes& blob) { blob[i] ^= 1; }), "manifest"), "")
                << sign::row_of(kind).name << " octet " << i;
    }
}

TEST(Signature, EveryCutIsRefused) {
    const std::string made = PolicySigner(KeyKind::sk_ecdsa_256).sign("manifest");
    for (std::size_t size = 1; size + 1 < made.size(); ++size) EXPECT_NE(outcome(made.substr(0, size), "manifest"), "");
}

TEST(Signature, SecurityKeySaysWhatItsOwnerDid) {
    for (const KeyKind kind : {KeyKind::sk_ed25519, KeyKind::sk_ecdsa_256}) {
        const PolicySigner signer(kind);
        const auto presence = [&](std::uint8_t flags) {
            const auto parsed =
                sign::parse_signatures(signer.sign("manifest", {.flags = flags, .counter = 0xFFFFFFFF}));
            return *sign::verify(parsed->front(), as_view("manifest"));
        };
        EXPECT_FALSE(presence(0x00).touched);
        EXPECT_TRUE(presence(0x01).touched);
        EXPECT_FALSE(presence(0x01).verified);
        EXPECT_TRUE(presence(0x05).verified);
    }
}

TEST(Signature, LeadingZerosOfNumbersAreRefused) {
    ByteWriter good, zero, negative, empty;
    sign::write_string(good, Bytes{0x00, 0x80});
    sign::write_string(zero, Bytes{0x00, 0x01});
    sign::write_string(negative, Bytes{0x80});
    sign::write_string(empty, {});
    const auto read = [](const Bytes& octets) {
        ByteReader reader(octets);
        return sign::read_positive(reader).has_value();
    };
    EXPECT_TRUE(read(good.bytes()));
    EXPECT_FALSE(read(zero.bytes()));
    EXPECT_FALSE(read(negative.bytes()));
    EXPECT_FALSE(read(empty.bytes()));
}

TEST(Signature, FileHoldsSeveralAndLineEndsDoNotMatter) {
    const std::string two = PolicySigner().sign("m") + "\n" + PolicySigner(KeyKind::ecdsa_256).sign("m");
    EXPECT_EQ(sign::parse_signatures(two)->size(), 2U);
    std::string windows;
    for (const char c : two) windows += c == '\n' ? "\r\n" : std::string(1, c);
    EXPECT_EQ(sign::parse_signatures(windows)->size(), 2U);
    EXPECT_EQ(sign::parse_signatures("")->size(), 0U);
    EXPECT_EQ(sign::parse_signatures("hello\n" + two).error().code, "P0901");
    EXPECT_EQ(sign::parse_signatures(two + "hello").error().code, "P0901");
    EXPECT_EQ(sign::parse_signatures("-----BEGIN SSH SIGNATURE-----\n").error().code, "P0902");
}

TEST(Signature, FilesHaveLimits) {
    std::string many;
    const PolicySigner signer;
    for (int i = 0; i < 17; ++i) many += signer.sign("m");
    EXPECT_EQ(sign::parse_signatures(many).error().code, "P0909");
    EXPECT_EQ(sign::parse_signatures(std::string(1 << 20, '\n')).error().code, "P0909");
}

} // namespace sekisho::tests
