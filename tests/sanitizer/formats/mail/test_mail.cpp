// Mails as Japan writes them and as attackers do. What comes out is read by GMime.
#include <gmime/gmime.h>
#include <gtest/gtest.h>

#include "sanitizer/formats/formats.h"
#include "sanitizer/formats/zip_container/zip.h"
#include "sanitizer/verify/verify.h"
#include "tests/sanitizer/formats/compound_file/builder.h"
#include "tests/sanitizer/formats/mail/seen.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::Leaf;
using tests::see;
using tests::Seen;
using tests::storage;
using tests::stream;

struct Done {
    std::string outcome; // the type written, or the code of the refusal
    Bytes bytes;
    Report report;
    Seen seen;
    bool found(Finding finding) const {
        for (const Entry& entry : report.entries())
            if (entry.finding == finding) return true;
        return false;
    }
};

Done sanitized(View input, std::string_view name = "a.eml", Level level = Level::rebuild) {
    Done done;
    const Limits limits;
    Budget budget(limits);
    Context context(level, budget, done.report, sanitize_file);
    MemorySink out(limits.bytes_out);
    const auto type = sanitize_file(MemorySource(input), out, name, context);
    if (!type) {
        done.outcome = type.error().code;
        EXPECT_NE(reason_of(type.error()), Reason::internal) << name;
        return done;
    }
    done.outcome = row_of(*type).name;
    done.bytes = out.take();
    const auto verified = verify::file(*type, MemorySource(done.bytes), limits);
    EXPECT_TRUE(verified) << name << ": " << verified.error().code << "\n" << as_text(done.bytes).substr(0, 3000);
    if (*type == Type::mail) done.seen = see(done.bytes);
    return done;
}

const std::string head =
    "From: a@example.jp\r\nTo: b@example.jp\r\nMessage-ID: <1@example.jp>\r\nMIME-Version: 1.0\r\n";

Done mail(const std::string& rest) {
    return sanitized(as_view(head + rest));
}

std::string attached(const std::string& fields, const std::string& content) {
    return "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\n" +
           fields + "Content-Transfer-Encoding: base64\r\n\r\n" + to_base64(as_view(content)) + "\r\n--x--\r\n";
}

class Mail : public testing::Test {
protected:
    static void SetUpTestSuite() {
        g_mime_init();
        warm_up();
    }
};

} // namespace

TEST_F(Mail, AnOrdinaryMail) {
    const Done done = mail("Subject: Hello\r\nDate: Sun, 22 Nov 2026 20:56:10 +0900 (JST)\r\nContent-Type: text/plain; "
                           "charset=UTF-8\r\n\r\n本文です。\r\n");
    ASSERT_EQ(done.outcome, "mail");
    EXPECT_EQ(done.seen.subject, "Hello");
    EXPECT_EQ(done.seen.from, "a@example.jp");
    ASSERT_EQ(done.seen.leaves.size(), 1U);
    EXPECT_EQ(done.seen.leaves[0].content, "本文です。\r\n");
    EXPECT_NE(done.seen.raw.find("Date: Sun, 22 Nov 2026 20:56:10 +0900\r\n"), std::string::npos);
    EXPECT_TRUE(done.report.entries().empty());
    EXPECT_EQ(sanitized(done.bytes).bytes, done.bytes);
}

// M07
TEST_F(Mail, JapaneseHeadersAndBodies) {
    Done done = mail("Subject: =?ISO-2022-JP?B?GyRCPTtMMUk8GyhC?=\r\n =?iso-2022-jp?B?GyRCJE4bKEI=?= ok\r\n"
                     "Content-Type: text/plain; charset=ISO-2022-JP\r\n\r\n\x1b$B=;L1I<\x1b(B\r\n");
    EXPECT_EQ(done.seen.subject, "住民票の ok");
    EXPECT_EQ(done.seen.leaves.at(0).content, "住民票\r\n");
    EXPECT_TRUE(done.found(Finding::mail_charset));
    // NEC special characters (circled digits, the company sign), in ISO-2022-JP as Windows sends it, and in Shift_JIS.
    done = mail("Subject: =?ISO-2022-JP?B?GyRCLSEtaxsoQg==?=\r\nContent-Type: text/plain; "
                "charset=Shift_JIS\r\n\r\n\x87\x40\x87\x8a\xfb\xfc\r\n");
    EXPECT_EQ(done.seen.subject, "①㈲");
    EXPECT_EQ(done.seen.leaves.at(0).content, "①㈱髙\r\n");
    // A character split between two words; raw Shift_JIS and raw UTF-8 in a header.
    done = mail("Subject: =?UTF-8?B?5L2P5rA=?= =?UTF-8?B?keelqA==?=\r\n\r\nx");
    EXPECT_EQ(done.seen.subject, "住民票");
    done = mail("Subject: =?UTF-8?Q?=E4=BD=8F=E6=B0?=\r\n\t=?utf-8?q?=91_=E7=A5=A8?=\r\n\r\nx");
    EXPECT_EQ(done.seen.subject, "住民 票");
    EXPECT_EQ(mail("Subject: \x8f\x5a\x96\xaf\x95\x5b\x82\xcc\r\n\r\nx").seen.subject, "住民票の");
    EXPECT_EQ(mail("Subject: 住民票\r\n\r\nx").seen.subject, "住民票");
    EXPECT_EQ(mail("Subject: \x1b$B=;L1I<\x1b(B\r\n\r\nx").seen.subject, "住民票");
    std::string longest = "Subject: ";
    for (int i = 0; i < 60; ++i) longest += "住民票の写し";
    EXPECT_EQ(mail(longest + "\r\n\r\nx").seen.subject, longest.substr(9));
}

TEST_F(Mail, Addresses) {
    const Done done = sanitized(
        as_view(std::string("Message-ID: <1@x>\r\nMIME-Version: 1.0\r\n"
                            "From: =?ISO-2022-JP?B?GyRCOzNFRBsoQg==?= <y@example.jp>\r\n"
                            "To: \"Suzuki, Taro\" <s@example.jp>, group: c@example.jp;, d@example.jp (Sato),\r\n"
                            " bad address, \"a..b\"@docomo.example, <script>\r\nSubject: x\r\n\r\nx")));
    EXPECT_EQ(done.seen.from, "山田 <y@example.jp>");
    EXPECT_EQ(done.seen.to, "\"Suzuki, Taro\" <s@example.jp>, c@example.jp, Sato <d@example.jp>");
    // As telephones have them; GMime does not take two dots.
    EXPECT_NE(done.seen.raw.find("<a..b@docomo.example>"), std::string::npos);
    EXPECT_TRUE(done.found(Finding::mail_broken));
    EXPECT_EQ(sanitized(done.bytes).bytes, done.bytes);
}

// M09
TEST_F(Mail, OnlyListedFields) {
    const Done done =
        mail("Received: from evil (evil [10.0.0.1])\r\nX-Mailer: spy\r\nX-Tracking: 1\r\nBcc: secret@example.jp\r\n"
             "Return-Path: <x@y>\r\nDKIM-Signature: x\r\nList-Unsubscribe: <http://evil>\r\nsubject: a\rInjected: b\r\n"
             "Subject: second\r\n\r\nx");
    for (const char* gone : {"evil", "spy", "Tracking", "secret", "DKIM", "\nInjected:", "second"})
        EXPECT_EQ(done.seen.raw.find(gone), std::string::npos) << gone;
    EXPECT_TRUE(done.found(Finding::mail_header));
    EXPECT_TRUE(done.found(Finding::mail_broken));
}

// M01
TEST_F(Mail, ThePageActsNoMore) {
    const Done done = mail(
        "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nplain\r\n--b\r\n"
        "Content-Type: text/html; charset=utf-8\r\n\r\n<p onclick=x>page<script>bad()</script><img "
        "src=http://track/1.gif>"
        "<form action=http://evil><input></form><a href='javascript:x'>y</a>\r\n--b--\r\n");
    ASSERT_TRUE(done.seen.leaf("text/html"));
    const std::string page = done.seen.leaf("text/html")->content;
    EXPECT_NE(page.find("<p>page<a>y</a>"), std::string::npos) << page;
    for (const char* gone : {"script:", "bad()", "track", "evil", "onclick", "<form", "<input"})
        EXPECT_EQ(page.find(gone), std::string::npos) << gone;
    EXPECT_EQ(done.seen.leaf("text/plain")->content, "plain");
    EXPECT_TRUE(done.found(Finding::html_script));
    EXPECT_TRUE(done.found(Finding::html_remote));
    EXPECT_EQ(sanitized(done.bytes).bytes, done.bytes);
    // A page alone gets a text beside it.
    EXPECT_EQ(mail("Content-Type: text/html\r\n\r\n<h1>A</h1><p>b").seen.leaf("text/plain")->content, "A\nb\n");
}

TEST_F(Mail, PicturesOfThePage) {
    const std::string png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    const Done done =
        mail("Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
             "<img src=\"cid:one@x\"><img src=\"cid:none\">\r\n--b\r\nContent-Type: image/png; name=a.png\r\n"
             "Content-ID: <one@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
             png + "\r\n--b--\r\n");
    EXPECT_NE(done.seen.leaf("text/html")->content.find("<img src=\"cid:image1@sekisho.invalid\" />"),
              std::string::npos);
    EXPECT_TRUE(done.seen.leaf("image/png"));
    EXPECT_EQ(sanitized(done.bytes).bytes, done.bytes);
}

// M02, T04, T08
TEST_F(Mail, AttachmentsAreSanitised) {
    Done done = mail(attached("Content-Type: text/csv; name=x.csv\r\n", "=cmd|' /C calc'!A0,1\n"));
    EXPECT_EQ(done.seen.named("x.csv")->content, "'=cmd|' /C calc'!A0,1\n");
    EXPECT_TRUE(done.found(Finding::csv_formula));
    done = mail(attached("Content-Type: application/pdf; name=invoice.pdf\r\n", "MZ" + std::string(200, '\0')));
    ASSERT_TRUE(done.seen.named("invoice.pdf.blocked.txt"));
    EXPECT_NE(done.seen.named("invoice.pdf.blocked.txt")->content.find("type.executable"), std::string::npos);
    EXPECT_TRUE(done.found(Finding::mail_attachment_refused));
    EXPECT_EQ(done.seen.raw.find("TVoAAAA"), std::string::npos);
    done = mail(attached(
        "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"a\u202egpj.exe\"\r\n",
        "just text"));
    EXPECT_TRUE(done.found(Finding::mail_attachment_name));
    EXPECT_TRUE(done.seen.named("agpj.exe.txt"));
    EXPECT_EQ(sanitized(done.bytes).bytes, done.bytes);
}

TEST_F(Mail, AttachmentNamesInEverySpelling) {
    for (const std::string& fields :
         {std::string("Content-Disposition: attachment;\r\n filename*0*=UTF-8''%E4%BD%8F%E6%B0;\r\n "
                      "filename*1*=%91%E7%A5%A8;\r\n filename*2=.txt\r\n"),
          std::string("Content-Disposition: attachment; filename*=iso-2022-jp'ja'%1B$B=%3BL1I%3C%1B%28B.txt\r\n"),
          std::string(
              "Content-Disposition: attachment; filename*=Shift_JIS''%8F%5A%96%AF%95%5B.txt; filename=old.txt\r\n"),
          std::string("Content-Type: text/plain; "
                      "name=\"=?ISO-2022-JP?B?GyRCPTtMMUk8GyhCLnR4dA==?=\"\r\nContent-Disposition: attachment\r\n"),
          std::string("Content-Type: text/plain; name==?UTF-8?B?5L2P5rCR56WoLnR4dA==?=\r\n"),
          std::string(
              "Content-Disposition: attachment; filename=\"=?UTF-8?B?5L2P5rA=?= =?UTF-8?B?keelqC50eHQ=?=\"\r\n"),
          std::string("Content-Disposition: attachment; filename=\"住民票.txt\"\r\n"),
          std::string("Content-Disposition: attachment; filename=\"\x8f\x5a\x96\xaf\x95\x5b.txt\"\r\n")}) {
        const Done done = mail(attached(fields, "x"));
        EXPECT_TRUE(done.seen.named("住民票.txt"))
            << fields << (done.seen.leaves.empty() ? "" : done.seen.leaves.back().name);
        EXPECT_EQ(sanitized(done.bytes).bytes, done.bytes);
    }
}

TEST_F(Mail, FilesWrittenIntoTheText) {
    const Done done = mail("\r\nbefore\r\nbegin 644 a.txt\r\n#8V%T\r\n`\r\nend\r\nafter\r\n");
    EXPECT_EQ(done.seen.named("a.txt")->content, "cat");
    EXPECT_EQ(done.seen.leaf("text/plain")->content, "before\r\nafter\r\n");
    EXPECT_TRUE(done.found(Finding::mail_uuencode));
}

// M03
TEST_F(Mail, TwoReadingsAreRefused) {
    EXPECT_EQ(mail("Content-Type: text/plain\r\nContent-Type: text/html\r\n\r\nx").outcome, "mail.ambiguous");
    EXPECT_EQ(mail("Content-Type: multipart/mixed; boundary=a; boundary=b\r\n\r\n--a\r\n\r\nx\r\n--a--").outcome,
              "mail.ambiguous");
    EXPECT_EQ(mail("Content-Transfer-Encoding: base64\r\nContent-Transfer-Encoding: 7bit\r\n\r\nx").outcome,
              "mail.ambiguous");
    EXPECT_EQ(mail("Content-Type: (comment) text/plain; (charset=x) charset=(y)utf-8\r\n\r\n\xE4\xBD\x8F")
                  .seen.leaves.at(0)
                  .content,
              "住");
}

// M04
TEST_F(Mail, MailsInMails) {
    const std::string inner =
        "From: c@example.jp\r\nSubject: inner\r\nX-Evil: 1\r\nContent-Type: text/html\r\n\r\n<script>x</script>deep";
    const Done done =
        mail("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n" + inner +
             "\r\n--x--\r\n");
    EXPECT_EQ(done.outcome, "mail");
    EXPECT_EQ(done.seen.raw.find("X-Evil"), std::string::npos);
    EXPECT_NE(done.seen.raw.find("Subject: inner\r\n"), std::string::npos);
    EXPECT_TRUE(done.found(Finding::mail_nested));
    EXPECT_EQ(sanitized(done.bytes).bytes, done.bytes);
    EXPECT_EQ(mail("Content-Type: message/partial; id=x; number=1\r\n\r\nx").outcome, "mail.partial");
    EXPECT_EQ(mail("Content-Type: message/external-body; access-type=anon-ftp\r\n\r\nx").outcome, "mail.partial");
    std::string deep = "Subject: x\r\n\r\nx";
    for (int i = 0; i < 12; ++i) deep = "Content-Type: message/rfc822\r\n\r\n" + deep;
    EXPECT_EQ(mail(deep).outcome, "limit.depth");
    std::string parts;
    for (int i = 0; i < 40; ++i)
        parts += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\r\n\r\n--b" + std::to_string(i) +
                 "\r\n";
    EXPECT_EQ(mail(parts).outcome, "limit.depth");
}

// M06
TEST_F(Mail, SignedAndEncrypted) {
    Done done = mail("Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; "
                     "boundary=s\r\n\r\n--s\r\n\r\ntext\r\n--s\r\n"
                     "Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nMIIB\r\n--s--\r\n");
    EXPECT_EQ(done.seen.leaves.at(0).content, "text");
    EXPECT_EQ(done.seen.raw.find("p7s"), std::string::npos);
    EXPECT_TRUE(done.found(Finding::mail_signature));
    EXPECT_EQ(mail("Content-Type: multipart/encrypted; boundary=s\r\n\r\n--s\r\n\r\nx\r\n--s--").outcome,
              "input.encrypted");
    EXPECT_EQ(mail("Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\nContent-Transfer-Encoding: "
                   "base64\r\n\r\n"
                   "MBYGCSqGSIb3DQEHA6AJMAcCAQAxADAA\r\n")
                  .outcome,
              "input.encrypted");
    // SignedData around "\r\nhi", with an indefinite length and an octet string in pieces.
    const std::string cms =
        std::string("\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02\xA0\x80\x30\x80\x02\x01\x01\x31\x00", 22) +
        std::string("\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01\xA0\x80\x24\x80\x04\x02\r\n\x04\x02hi", 25) +
        std::string(12, '\0');
    done = mail(
        "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
        to_base64(as_view(cms)) + "\r\n");
    ASSERT_EQ(done.outcome, "mail");
    EXPECT_EQ(done.seen.leaves.at(0).content, "hi");
}

namespace {

void attribute(ByteWriter& out, std::uint32_t id, const std::string& value) {
    out.u8(id == 0x00018010 || id == 0x0006800F || id == 0x00069002 ? 2 : 1);
    out.u32le(id);
    out.u32le(static_cast<std::uint32_t>(value.size()));
    out.text(value);
    out.u16le(0);
}

Bytes winmail() {
    ByteWriter out;
    out.u32le(0x223E9F78);
    out.u16le(1);
    attribute(out, 0x00069007, std::string("\xA4\x03\0\0\0\0\0\0", 8)); // 932
    attribute(out, 0x0002800C, std::string("\x8f\x5a\x96\xaf\0", 5));
    attribute(out, 0x00069002, std::string(14, '\0'));
    attribute(out, 0x00018010, std::string("\x95\x5c.csv\0", 7));
    attribute(out, 0x0006800F, "=1+1,2\n");
    attribute(out, 0x00069002, std::string(14, '\0'));
    attribute(out, 0x00018010, std::string("run.exe\0", 8));
    attribute(out, 0x0006800F, "MZ" + std::string(200, '\0'));
    return out.take();
}

} // namespace

// M05
TEST_F(Mail, OutlookPackages) {
    Done done =
        mail(attached("Content-Type: application/ms-tnef; name=winmail.dat\r\n", std::string(as_text(winmail()))));
    EXPECT_TRUE(done.found(Finding::mail_tnef));
    ASSERT_TRUE(done.seen.named("表.csv"));
    EXPECT_EQ(done.seen.named("表.csv")->content, "'=1+1,2\n");
    EXPECT_TRUE(done.seen.named("run.exe.blocked.txt"));
    EXPECT_FALSE(done.seen.named("winmail.dat"));
    done = sanitized(winmail(), "winmail.dat");
    EXPECT_EQ(done.outcome, "mail");
    EXPECT_EQ(done.seen.leaves.at(0).content, "住民");
    Bytes cut = winmail();
    cut.resize(60);
    EXPECT_EQ(sanitized(cut, "winmail.dat").outcome, "input.short");
}

namespace {

Bytes wide(std::string_view ascii) {
    Bytes made;
    for (const char c : ascii) {
        made.push_back(static_cast<std::uint8_t>(c));
        made.push_back(0);
    }
    return made;
}

Bytes fixed(std::size_t head_size, std::uint32_t tag, std::uint32_t value) {
    ByteWriter out;
    for (std::size_t i = 0; i < head_size; ++i) out.u8(0);
    out.u32le(tag);
    out.u32le(6);
    out.u64le(value);
    return out.take();
}

} // namespace

// M08
TEST_F(Mail, OutlookMessages) {
    const Bytes inner_properties = fixed(24, 0x3FFD0003, 932);
    const Bytes file = tests::ole_file(
        {stream("__properties_version1.0", fixed(32, 0x3FFD0003, 932)),
         stream("__substg1.0_0037001E", to_bytes("\x8f\x5a\x96\xaf\x95\x5b")),
         stream("__substg1.0_1000001F", wide("body")),
         stream("__substg1.0_10130102", to_bytes("<p onclick=x>page<script>bad</script>")),
         stream("__substg1.0_0C1A001F", wide("Yamada")), stream("__substg1.0_5D01001F", wide("y@example.jp")),
         stream("__substg1.0_0C1F001F", wide("/O=EXCHANGE/CN=Y")),
         storage("__recip_version1.0_#00000000",
                 {stream("__properties_version1.0", fixed(8, 0x0C150003, 1)),
                  stream("__substg1.0_3001001F", wide("Sato")), stream("__substg1.0_39FE001F", wide("s@example.jp"))}),
         storage("__attach_version1.0_#00000000",
                 {stream("__properties_version1.0", fixed(8, 0x37050003, 1)),
                  stream("__substg1.0_3707001F", wide("t.csv")), stream("__substg1.0_37010102", to_bytes("=1+1\n"))}),
         storage("__attach_version1.0_#00000001",
                 {stream("__properties_version1.0", fixed(8, 0x37050003, 5)),
                  storage("__substg1.0_3701000D", {stream("__properties_version1.0", inner_properties),
                                                   stream("__substg1.0_0037001F", wide("inner")),
                                                   stream("__substg1.0_1000001F", wide("deep"))})})});
    const Done done = sanitized(file, "a.msg");
    ASSERT_EQ(done.outcome, "mail");
    EXPECT_TRUE(done.found(Finding::mail_outlook));
    EXPECT_EQ(done.seen.subject, "住民票");
    EXPECT_EQ(done.seen.from, "Yamada <y@example.jp>");
    EXPECT_EQ(done.seen.to, "Sato <s@example.jp>");
    EXPECT_EQ(done.seen.leaf("text/plain")->content, "body");
    EXPECT_NE(done.seen.leaf("text/html")->content.find("<p>page</p>"), std::string::npos);
    EXPECT_EQ(done.seen.named("t.csv")->content, "'=1+1\n");
    EXPECT_NE(done.seen.raw.find("Subject: inner\r\n"), std::string::npos);
    EXPECT_EQ(done.seen.raw.find("EXCHANGE"), std::string::npos);
    EXPECT_EQ(sanitized(done.bytes).bytes, done.bytes);
}

// H12
TEST_F(Mail, MailboxesAndWebPages) {
    const std::string one = "From a@x Sun Nov 22 20:56:10 2026\r\nFrom: a@example.jp\r\nMessage-ID: <1@x>\r\nSubject: "
                            "1\r\n\r\n>From here\r\n\r\n";
    const Done single = sanitized(as_view(one), "a.mbox");
    EXPECT_EQ(single.outcome, "mail");
    EXPECT_EQ(single.seen.leaves.at(0).content, "From here\r\n\r\n");
    const Done both = sanitized(as_view(one + one), "a.mbox");
    EXPECT_EQ(both.outcome, "zip");
    Budget budget(Limits{});
    const MemorySource source(both.bytes);
    const auto zip = ZipReader::open(source, budget);
    ASSERT_TRUE(zip);
    EXPECT_TRUE(zip->find("00001.eml"));
    EXPECT_TRUE(zip->find("00002.eml"));
    EXPECT_TRUE(both.found(Finding::mail_archive));
}

TEST_F(Mail, TheTextOfIt) {
    const Done done = sanitized(
        as_view(head + "Subject: =?UTF-8?B?5L2P5rCR56Wo?=\r\nContent-Type: text/html\r\n\r\n<p>a<script>b</script>"),
        "a.eml", Level::text);
    EXPECT_EQ(done.outcome, "text");
    EXPECT_EQ(as_text(done.bytes), "From:  <a@example.jp>\nTo:  <b@example.jp>\nSubject: 住民票\n\na\n");
}

TEST_F(Mail, BombsEndSoon) {
    std::string many = "Content-Type: multipart/mixed; boundary=x\r\n\r\n";
    for (int i = 0; i < 20'000; ++i) many += "--x\r\n\r\n\r\n";
    EXPECT_EQ(mail(many).outcome, "mail");
    mail("Subject: " + std::string(3'000'000, '=') + "\r\n\r\nx");
    std::string words = "Subject: ";
    for (int i = 0; i < 60'000; ++i) words += "=?a?b?";
    mail(words + "\r\n\r\nx");
    mail("To: " + std::string(250'000, '<') + std::string(250'000, ',') + "\r\n\r\nx");
    std::string begins;
    for (int i = 0; i < 50'000; ++i) begins += "begin 644 x\n";
    mail("\r\n" + begins);
}

TEST_F(Mail, TheVerifierSeesItWithoutUs) {
    const Done good = mail(attached("Content-Type: text/plain; name=a.txt\r\n", "x"));
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string changed(as_text(good.bytes));
        const std::size_t at = changed.find(from);
        EXPECT_NE(at, changed.npos) << from;
        changed.replace(at, from.size(), to);
        const auto verified = verify::file(Type::mail, MemorySource(as_view(changed)), {});
        return verified ? std::string() : verified.error().code;
    };
    EXPECT_EQ(with("From", "From"), "");
    EXPECT_EQ(with("To:", "X-To:"), "verify.mail.header");
    EXPECT_EQ(with("MIME-Version: 1.0\r\n", "Received: x\r\nMIME-Version: 1.0\r\n"), "verify.mail.header");
    EXPECT_EQ(with("Message-ID:", "From: \r\n <c@d>\r\nMessage-ID:"), "verify.mail.header");
    EXPECT_EQ(with("<a@example.jp>", "<a@example.jp,c@d>"), "verify.mail.header");
    EXPECT_EQ(with("<a@example.jp>", "=?UTF-8?B?4oCu?= <a@example.jp>"), "verify.text.bidi");
    EXPECT_EQ(with("a.txt", "a.exe"), "verify.mail.part");
    EXPECT_EQ(with("a.txt", "../a.txt"), "verify.mail.part");
    EXPECT_EQ(with("Content-Type: text/plain\r\n", "Content-Type: text/html\r\n"), "verify.mail.part");
    EXPECT_EQ(with("multipart/mixed", "multipart/other"), "verify.mail.part");
    EXPECT_EQ(with("eA==", "AA=="), "verify.text.control");
    EXPECT_EQ(with("eA==", "eA==\r\neA=="), "verify.mail.shape");
    EXPECT_EQ(with("--=_0_m_sekisho--", "--=_0_m_sekisho--\r\nTVqQ"), "verify.mail.shape");
}

TEST_F(Mail, Corpus) {
    std::size_t delivered = 0;
    for (const char* extension : {".eml", ".mht", ".mhtml", ".msg", ".mbox", ".dat", ".tnef"})
        for (const std::string& path : tests::corpus_files(extension)) {
            const std::string name = path.substr(path.rfind('/') + 1);
            const Done done = sanitized(tests::read_whole(path), name);
            printf("%-20s %-50s %s\n", done.outcome.c_str(), name.c_str(), done.seen.subject.c_str());
            if (done.outcome != "mail") continue;
            ++delivered;
            EXPECT_FALSE(done.seen.leaves.empty()) << path;
            const Done again = sanitized(done.bytes); // a JPEG picture may be written otherwise once more
            EXPECT_EQ(as_text(sanitized(again.bytes).bytes), as_text(again.bytes)) << path;
        }
    printf("%zu delivered\n", delivered);
}

} // namespace sekisho
