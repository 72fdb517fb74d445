// What the real ssh-keygen signs, we accept; and what our test's signer makes, it accepts.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include <sstream>

#include "policy/sign/seal.h"
#include "tests/policy/sign/signer.h"

namespace sekisho::tests {

namespace fs = std::filesystem;

class SshKeygen : public testing::Test {
protected:
    std::string folder;
    void SetUp() override {
        if (std::system("command -v ssh-keygen >/dev/null") != 0) GTEST_SKIP() << "ssh-keygen is not installed";
        folder = (fs::temp_directory_path() / "sekisho-sign-XXXXXX").string();
        ASSERT_TRUE(mkdtemp(folder.data()));
    }
    void TearDown() override {
        if (!folder.empty()) fs::remove_all(folder);
    }
    bool run(const std::string& command) const {
        return std::system(("cd " + folder + " && (" + command + ") >log 2>&1").c_str()) == 0;
    }
    std::string read(const std::string& name) const {
        std::ostringstream text;
        text << std::ifstream(folder + "/" + name).rdbuf();
        return text.str();
    }
    void write(const std::string& name, const std::string& text) const { std::ofstream(folder + "/" + name) << text; }
};

TEST_F(SshKeygen, ItsSignaturesHold) {
    for (const char* kind : {"-t ed25519", "-t ecdsa -b 256", "-t ecdsa -b 384", "-t ecdsa -b 521"}) {
        for (const char* hash : {"", "-O hashalg=sha256"}) {
            fs::remove(folder + "/key");
            write("manifest", "the manifest\n");
            ASSERT_TRUE(run(std::string("ssh-keygen -q -N '' -C '' -f key ") + kind)) << read("log");
            ASSERT_TRUE(run(std::string("ssh-keygen -q -Y sign -n sekisho-policy@v1 -f key ") + hash +
                            " < manifest > manifest.sig"))
                << read("log");
            const auto parsed = sign::parse_signatures(read("manifest.sig"));
            ASSERT_TRUE(parsed && parsed->size() == 1) << kind;
            EXPECT_TRUE(sign::verify(parsed->front(), as_view("the manifest\n"))) << kind << hash;
            EXPECT_FALSE(sign::verify(parsed->front(), as_view("another\n"))) << kind << hash;
            std::string line = read("key.pub");
            while (line.ends_with('\n') || line.ends_with(' ')) line.pop_back();
            EXPECT_EQ(line.substr(line.find(' ') + 1), to_base64(parsed->front().key.blob)) << kind;
        }
    }
}

TEST_F(SshKeygen, ItAcceptsOurSigner) {
    // So the vectors that the other tests make are what OpenSSH means, security keys included.
    for (const sign::KeyKind kind :
         {sign::KeyKind::ed25519, sign::KeyKind::ecdsa_256, sign::KeyKind::ecdsa_384, sign::KeyKind::ecdsa_521,
          sign::KeyKind::sk_ed25519, sign::KeyKind::sk_ecdsa_256}) {
        const PolicySigner signer(kind);
        write("signers", "sato@example namespaces=\"sekisho-policy@v1\" " + signer.line() + "\n");
        write("manifest", "the manifest\n");
        write("sig", signer.sign("the manifest\n"));
        EXPECT_TRUE(run("ssh-keygen -Y verify -f signers -I sato@example -n sekisho-policy@v1 -s sig < manifest"))
            << sign::row_of(kind).name << read("log");
    }
}

} // namespace sekisho::tests
