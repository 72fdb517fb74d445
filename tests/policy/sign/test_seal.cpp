// Who has to sign so that a policy may come into force.
#include <fstream>

#include <gtest/gtest.h>

#include "policy/sign/seal.h"
#include "tests/policy/sign/signer.h"

namespace sekisho::tests {

using sign::KeyKind;

const auto today = sign::parse_days("2026-11-22..2026-11-22") -> first;

class Seal : public testing::Test {
protected:
    PolicySigner sato, sato_too{KeyKind::ecdsa_256}, ito, abe{KeyKind::sk_ed25519}, kato{KeyKind::sk_ecdsa_256}, mori,
        former, stranger, clerk;
    std::string threshold = "2";
    sign::Manifest manifest;

    void SetUp() override {
        manifest.title = "試験";
        manifest.version = 3;
        manifest.author = "k.sato";
        manifest.main = "policy";
        manifest.files = *sign::describe({{"policy", "text"}});
    }
    sign::Trust trust() const {
        const std::string text =
            "sekisho-policy-trust 1\nthreshold " + threshold +
            "\nbreak-glass 24 hours\n"
            "signer k.sato author approver always " +
            sato.line() + "\nsigner k.sato author approver always " + sato_too.line() +
            "\nsigner m.ito approver 2026-04-01..2027-03-31 " + ito.line() + "\nsigner y.abe approver always " +
            abe.line() + "\nsigner t.kato approver verified always " + kato.line() +
            "\nsigner s.mori break-glass always " + mori.line() + "\nsigner e.former approver 2025-04-01..2026-03-31 " +
            former.line() + "\nsigner c.clerk author always " + clerk.line() + "\n";
        auto parsed = sign::Trust::parse(text);
        EXPECT_TRUE(parsed) << to_line(parsed.error());
        return *parsed;
    }
    Result<sign::Seal> sealed(const std::string& signatures) const {
        return sign::check_seal(manifest.text(), signatures, trust(), today);
    }
    std::string outcome(const std::string& signatures) const {
        const auto seal = sealed(signatures);
        if (!seal) return seal.error().code;
        return seal->break_glass ? "broken" : "good";
    }
    std::string by(const PolicySigner& signer, const SignAs& as = {}) const { return signer.sign(manifest.text(), as); }
};

TEST_F(Seal, AuthorAndApproverMakeIt) {
    const auto seal = sealed(by(sato) + by(ito));
    ASSERT_TRUE(seal) << to_line(seal.error());
    EXPECT_EQ(seal->author, "k.sato");
    EXPECT_EQ(seal->approvers, std::vector<std::string>{"m.ito"});
    EXPECT_FALSE(seal->break_glass);
    EXPECT_EQ(outcome(by(ito) + by(sato)), "good");
    EXPECT_EQ(outcome(by(sato) + by(abe)), "good");
    EXPECT_EQ(outcome(by(sato_too) + by(kato)), "good");
}

TEST_F(Seal, NobodyAloneMakesIt) {
    EXPECT_EQ(outcome(""), "P0931");
    EXPECT_EQ(outcome("\n"), "P0931");
    EXPECT_EQ(outcome(by(sato)), "P0936");
    EXPECT_EQ(outcome(by(ito)), "P0935");
    EXPECT_EQ(outcome(by(ito) + by(abe)), "P0935");
}

TEST_F(Seal, SamePersonTwiceIsNotTwoPeople) {
    EXPECT_EQ(outcome(by(sato) + by(sato_too)), "P0934");
    EXPECT_EQ(outcome(by(sato) + by(sato)), "P0934");
    EXPECT_EQ(outcome(by(sato) + by(sato_too) + by(ito)), "P0934");
}

TEST_F(Seal, ThresholdCountsPeople) {
    threshold = "3";
    EXPECT_EQ(outcome(by(sato) + by(ito)), "P0936");
    EXPECT_EQ(outcome(by(sato) + by(ito) + by(abe)), "good");
}

TEST_F(Seal, RolesAreKept) {
    EXPECT_EQ(outcome(by(sato) + by(clerk)), "P0937");
    manifest.author = "m.ito"; // approves, but writes no policies
    EXPECT_EQ(outcome(by(ito) + by(sato)), "P0935");
}

TEST_F(Seal, KeysHaveTheirTime) {
    EXPECT_EQ(outcome(by(sato) + by(former)), "P0933");
    const auto late = sign::parse_days("2027-04-01..2027-04-01")->first;
    EXPECT_EQ(sign::check_seal(manifest.text(), by(sato) + by(ito), trust(), late).error().code, "P0933");
    const auto last_day = sign::parse_days("2027-03-31..2027-03-31")->first;
    EXPECT_TRUE(sign::check_seal(manifest.text(), by(sato) + by(ito), trust(), last_day));
}

TEST_F(Seal, StrangersAndForeignSignaturesAreRefused) {
    EXPECT_EQ(outcome(by(sato) + by(stranger)), "P0932");
    EXPECT_EQ(outcome(by(sato) + by(ito) + by(stranger)), "P0932");
    EXPECT_EQ(outcome(by(sato) + by(ito, {.purpose = "file"})), "P0903");
    const std::string before = by(sato) + by(ito);
    manifest.version = 4;
    EXPECT_EQ(outcome(before), "P0904");
}

TEST_F(Seal, SecurityKeysAreTouched) {
    EXPECT_EQ(outcome(by(sato) + by(abe, {.flags = 0x00})), "P0907");
    EXPECT_EQ(outcome(by(sato) + by(abe, {.flags = 0x01})), "good");
    EXPECT_EQ(outcome(by(sato) + by(kato, {.flags = 0x01})), "P0908");
    EXPECT_EQ(outcome(by(sato) + by(kato, {.flags = 0x05})), "good");
}

TEST_F(Seal, GlassBreaksWithAReasonOnly) {
    manifest.author = "s.mori";
    EXPECT_EQ(outcome(by(mori)), "P0945");
    manifest.reason = "攻撃を受けているため";
    const auto seal = sealed(by(mori));
    ASSERT_TRUE(seal) << to_line(seal.error());
    EXPECT_TRUE(seal->break_glass);
    EXPECT_EQ(seal->break_glass_hours, 24U);
    EXPECT_EQ(seal->author, "s.mori");
    manifest.author = "k.sato";
    EXPECT_EQ(outcome(by(mori)), "P0935");                     // not in another's name
    EXPECT_EQ(outcome(by(sato) + by(ito) + by(mori)), "good"); // it was not needed
}

TEST_F(Seal, GoingBackNeedsAReason) {
    manifest.act = sign::Act::rollback;
    EXPECT_EQ(outcome(by(sato) + by(ito)), "P0945");
    manifest.reason = "版43に誤り";
    EXPECT_EQ(outcome(by(sato) + by(ito)), "good");
}

TEST(Problem, EachStandsInTheManual) {
    std::ifstream file(SEKISHO_SOURCE_DIR "/policy/sign/sekisho-signers.5.scd");
    const std::string manual{std::istreambuf_iterator<char>(file), {}};
    for (const sign::ProblemRow& row : sign::all_problems())
        EXPECT_NE(manual.find("*" + std::string(row.code) + "*"), std::string::npos) << row.code;
}

TEST(Problem, EachHasWordsInBothLanguages) {
    std::string_view last;
    for (const sign::ProblemRow& row : sign::all_problems()) {
        EXPECT_LT(last, row.code);
        last = row.code;
        for (const std::string_view text : {row.english, row.japanese, row.help_english, row.help_japanese})
            EXPECT_FALSE(text.empty()) << row.code;
        const Error japanese = sign::in_japanese(sign::refuse(row.problem, "x").error());
        EXPECT_EQ(japanese.message, row.japanese);
        EXPECT_EQ(japanese.where, "x");
    }
}

} // namespace sekisho::tests
