// Files packed as mail programs of other times and systems do: BinHex, yEnc, CMS.
#include <gtest/gtest.h>
#include <libdeflate.h>

#include "tests/sanitizer/formats/binhex/builder.h"
#include "tests/sanitizer/formats/mail/lone.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::binhex_file;
using tests::LoneDone;
using tests::pass_alone;

const std::string head =
    "From: a@example.jp\r\nTo: b@example.jp\r\nMessage-ID: <1@example.jp>\r\nMIME-Version: 1.0\r\n";

std::string yenc(const std::string& name, const std::string& data, const std::string& crc) {
    std::string out = "=ybegin line=128 size=" + std::to_string(data.size()) + " name=" + name + "\r\n";
    for (const char c : data) {
        const char made = static_cast<char>(c + 42);
        if (made == '\0' || made == '\n' || made == '\r' || made == '=')
            out += std::string("=") + static_cast<char>(made + 64);
        else
            out += made;
    }
    return out + "\r\n=yend size=" + std::to_string(data.size()) + " crc32=" + crc + "\r\n";
}

std::string crc_of(const std::string& data) {
    char text[9];
    std::snprintf(text, sizeof text, "%08x", libdeflate_crc32(0, data.data(), data.size()));
    return text;
}

LoneDone mail(const std::string& rest) {
    return pass_alone(as_view(head + rest));
}

// A CMS around `content`; the last byte of its identifier says of which kind it is.
std::string cms(std::string_view content, char kind) {
    const auto element = [](char tag, const std::string& inner) {
        return std::string{tag, static_cast<char>(inner.size())} + inner;
    };
    const std::string pkcs7("\x2A\x86\x48\x86\xF7\x0D\x01\x07");
    const std::string inner = element('\x06', pkcs7 + '\x01') + element('\xA0', element('\x04', std::string(content)));
    const std::string data =
        element('\x30', std::string("\x02\x01\x01\x31\x00", 5) + element('\x30', inner) + std::string("\x31\x00", 2));
    return element('\x30', element('\x06', pkcs7 + kind) + element('\xA0', data));
}

} // namespace

// M02
TEST(MailPackings, BinHexAsAPartAndInTheText) {
    for (const std::string& rest :
         {"Content-Type: application/mac-binhex40; name=x.hqx\r\n\r\n" + binhex_file("a.csv", "=1+1,\x90\x6C\n"),
          "\r\nbefore\r\n" + binhex_file("a.csv", "=1+1,\x90\x6C\n") + "after\r\n"}) {
        const LoneDone done = mail(rest);
        ASSERT_EQ(done.outcome, "mail");
        EXPECT_TRUE(done.found(Finding::mail_encoded));
        ASSERT_TRUE(done.seen.named("a.csv"));
        EXPECT_EQ(done.seen.named("a.csv")->content, "\xEF\xBB\xBF'=1+1,人\n");
        EXPECT_EQ(done.seen.raw.find("BinHex"), std::string::npos);
    }
    const LoneDone done =
        mail("\r\nbefore\r\n" + binhex_file("run.exe", "MZ" + std::string(90, '\0'), "fork") + "after\r\n");
    EXPECT_TRUE(done.seen.named("run.exe.blocked.txt"));
    EXPECT_TRUE(done.found(Finding::zip_hidden_data));
    EXPECT_EQ(done.seen.leaf("text/plain")->content, "before\r\n\r\nafter\r\n");
}

TEST(MailPackings, BinHexByItself) {
    const LoneDone done = pass_alone(as_view(binhex_file("a.csv", "=1+1,2\n")), "a.hqx");
    EXPECT_EQ(done.outcome, "csv");
    EXPECT_EQ(as_text(done.bytes), "'=1+1,2\n");
    EXPECT_EQ(pass_alone(as_view(binhex_file("a", "MZ" + std::string(90, '\0'))), "a.hqx").outcome, "type.executable");
    std::string damaged = binhex_file("a.csv", "hello world, hello");
    damaged[90] = damaged[90] == 'a' ? 'b' : 'a';
    EXPECT_EQ(pass_alone(as_view(damaged), "a.hqx").outcome, "input.damaged");
    EXPECT_EQ(pass_alone(as_view(damaged.substr(0, 80)), "a.hqx").outcome, "input.short");
    if (const auto path = tests::corpus_file("clam.exe.binhex")) {
        EXPECT_EQ(pass_alone(tests::read_whole(*path), "clam.exe.binhex").outcome, "type.executable");
    }
}

TEST(MailPackings, Yenc) {
    const std::string data = "=1+1,\xE4\xBD\x8F\r\n=2\n";
    LoneDone done = mail("\r\nbefore\r\n" + yenc("a b.csv", data, crc_of(data)) + "after\r\n");
    ASSERT_EQ(done.outcome, "mail");
    EXPECT_TRUE(done.found(Finding::mail_encoded));
    ASSERT_TRUE(done.seen.named("a b.csv"));
    EXPECT_EQ(done.seen.named("a b.csv")->content.find("'=1+1,住"), 3U);
    EXPECT_EQ(done.seen.leaf("text/plain")->content, "before\r\nafter\r\n");
    // A wrong checksum, and a part of several.
    done = mail("\r\n" + yenc("a.csv", data, "12345678"));
    EXPECT_TRUE(done.seen.named("a.csv.blocked.txt"));
    done = mail(
        "\r\n=ybegin part=1 total=2 line=128 size=10 name=a.csv\r\n=ypart begin=1 end=3\r\nabc\r\n=yend size=3\r\n");
    EXPECT_TRUE(done.seen.named("a.csv.blocked.txt"));
}

// M06
TEST(MailPackings, SignedFiles) {
    LoneDone done = pass_alone(as_view(cms("=1+1,2\n", '\x02')), "a.csv.p7m");
    EXPECT_EQ(done.outcome, "csv");
    EXPECT_EQ(as_text(done.bytes), "'=1+1,2\n");
    EXPECT_TRUE(done.found(Finding::mail_signature));
    EXPECT_EQ(pass_alone(as_view(cms("secret", '\x03')), "a.p7m").outcome, "input.encrypted");
    EXPECT_EQ(pass_alone(as_view("-----BEGIN PGP MESSAGE-----\n\nhQ==\n"), "a.txt").outcome, "input.encrypted");
    done = mail(
        "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
        to_base64(as_view(cms("\r\nhi", '\x02'))) + "\r\n");
    EXPECT_EQ(done.seen.leaves.at(0).content, "hi");
    if (const auto path = tests::corpus_file("testPKCS7_signed_data_def.p7m")) {
        done = pass_alone(tests::read_whole(*path), "a.p7m");
        EXPECT_EQ(done.outcome, "text");
        EXPECT_EQ(as_text(done.bytes), "text");
    }
}

} // namespace sekisho
