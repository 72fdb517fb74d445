// The file of those who may sign: strict, and root's.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "policy/sign/trust.h"
#include "tests/policy/sign/signer.h"

namespace sekisho::tests {

using sign::Trust;

struct Desk {
    PolicySigner sato, ito, mori;
    std::string text(const std::string& more = {}) const {
        return "sekisho-policy-trust 1\n# who may\nthreshold 2\nbreak-glass 24 hours   # a day\n\n"
               "signer k.sato author approver 2026-04-01..2027-03-31 " +
               sato.line() + " sato@desk\nsigner m.ito approver always " + ito.line() + "\n" + more;
    }
};

std::string outcome(const std::string& text) {
    const auto trust = Trust::parse(text);
    return trust ? "" : trust.error().code + (trust.error().where.empty() ? "" : " " + trust.error().where);
}

TEST(Trust, SaysWhoMaySign) {
    const Desk desk;
    const auto trust = Trust::parse(desk.text("signer s.mori break-glass always " + desk.mori.line() + "\n"));
    ASSERT_TRUE(trust) << trust.error().message;
    EXPECT_EQ(trust->threshold, 2U);
    EXPECT_EQ(trust->break_glass_hours, 24U);
    ASSERT_EQ(trust->signers.size(), 3U);
    EXPECT_EQ(trust->signers[0].person, "k.sato");
    EXPECT_TRUE(trust->signers[0].author && trust->signers[0].approver && trust->signers[0].valid);
    EXPECT_FALSE(trust->signers[1].author || trust->signers[1].valid);
    EXPECT_TRUE(trust->signers[2].break_glass);
    const auto key = sign::Key::parse(desk.ito.blob());
    EXPECT_EQ(trust->signer_of(*key)->person, "m.ito");
    EXPECT_EQ(trust->signer_of(*sign::Key::parse(PolicySigner().blob())), nullptr);
}

TEST(Trust, EveryWrongLineIsNamed) {
    const Desk desk;
    const std::string key = desk.mori.line();
    for (const std::string& line : {
             "signers a.b author always " + key,
             "signer A.B author always " + key,
             "signer 佐藤 author always " + key,
             "signer a.b always " + key,
             "signer a.b author forever " + key,
             "signer a.b author " + key,
             "signer a.b author 2026-04-01..2026-02-30 " + key,
             "signer a.b author 2027-04-01..2026-04-01 " + key,
             "signer a.b author break-glass always " + key,
             "signer a.b author verified always " + key,
             std::string("threshold 1"),
             std::string("threshold 10"),
             std::string("threshold +2"),
             std::string("threshold 02"),
             std::string("break-glass 0 hours"),
             std::string("break-glass 169 hours"),
             std::string("break-glass 3 days"),
             std::string("signer"),
             std::string("signer a.b"),
         })
        EXPECT_EQ(outcome(desk.text(line + "\n")), "P0913 line 8") << line;
    EXPECT_EQ(outcome(desk.text("signer a.b author always ssh-ed25519 AAAA\n")), "P0906 line 8");
    EXPECT_EQ(outcome(desk.text("signer a.b author always ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAAQ==\n")),
              "P0905 line 8");
    EXPECT_EQ(outcome(desk.text("signer a.b author always ssh-ed25519 " +
                                PolicySigner(sign::KeyKind::ecdsa_256).line().substr(20) + "\n")),
              "P0906 line 8");
    EXPECT_EQ(outcome("threshold 2\n"), "P0913 line 1");
    EXPECT_EQ(outcome(""), "P0913 line 1");
}

TEST(Trust, SameKeyForTwoPeopleIsRefused) {
    const Desk desk;
    EXPECT_EQ(outcome(desk.text("signer x approver always " + desk.sato.line() + "\n")), "P0914 line 8");
}

TEST(Trust, TooFewPeopleAreRefused) {
    const Desk desk;
    const std::string head = "sekisho-policy-trust 1\n";
    EXPECT_EQ(outcome(head), "P0915");
    // One person with two keys is one person.
    EXPECT_EQ(outcome(head + "signer a author approver always " + desk.sato.line() +
                      "\nsigner a author approver always " + desk.ito.line() + "\n"),
              "P0915");
    EXPECT_EQ(outcome(desk.text("threshold 3\n")), "P0915");
    EXPECT_EQ(outcome(desk.text("threshold 3\nsigner s.mori approver always " + desk.mori.line() + "\n")), "");
}

TEST(Trust, OnlyItsOwnerMayWriteIt) {
    const Desk desk;
    std::string folder = (std::filesystem::temp_directory_path() / "sekisho-trust-XXXXXX").string();
    ASSERT_TRUE(mkdtemp(folder.data()));
    const std::string path = folder + "/trust";
    const auto load = [&](unsigned owner = getuid()) {
        const auto trust = Trust::load(path, owner);
        return trust ? "" : trust.error().code;
    };
    EXPECT_EQ(load(), "P0911");
    std::ofstream(path) << desk.text();
    chmod(path.c_str(), 0644);
    EXPECT_EQ(load(), "");
    EXPECT_EQ(load(getuid() + 1), "P0912");
    chmod(path.c_str(), 0664);
    EXPECT_EQ(load(), "P0912");
    chmod(path.c_str(), 0646);
    EXPECT_EQ(load(), "P0912");
    std::filesystem::rename(path, path + "2");
    std::filesystem::create_symlink(path + "2", path);
    EXPECT_EQ(load(), "P0911");
    std::filesystem::remove_all(folder);
}

} // namespace sekisho::tests
