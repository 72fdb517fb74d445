// Is each rule of a mail told, and each limit kept, where nothing else in the file would be?
#include <gtest/gtest.h>
#include <libdeflate.h>

#include "sanitizer/formats/formats.h"
#include "sanitizer/formats/mail/mail.h"
#include "sanitizer/formats/mail/rich_text.h"
#include "sanitizer/formats/zip_container/zip.h"
#include "tests/sanitizer/formats/compound_file/builder.h"

namespace sekisho {

namespace {

using tests::storage;
using tests::stream;

struct Done {
    std::string outcome;  // the type written, or the code of the refusal
    std::string findings; // of the receipt, a space between
    Bytes bytes;
};

Done sanitized(View input, std::string_view name = "a.eml", const Limits& limits = {}, Level level = Level::rebuild) {
    Report report;
    Budget budget(limits);
    Context context(level, budget, report, sanitize_file);
    MemorySink out(1U << 20);
    const auto type = sanitize_file(MemorySource(input), out, name, context);
    Done done{type ? std::string(row_of(*type).name) : type.error().code, {}, out.take()};
    for (const Entry& entry : report.entries())
        done.findings += (done.findings.empty() ? "" : " ") + std::string(row_of(entry.finding).code);
    return done;
}

const std::string head =
    "From: a@example.jp\r\nTo: b@example.jp\r\nMessage-ID: <1@example.jp>\r\nMIME-Version: 1.0\r\n";

Done mailed(const std::string& rest, const Limits& limits = {}) {
    return sanitized(as_view(head + rest), "a.eml", limits);
}

Limits with_memory(std::uint64_t bytes) {
    Limits limits;
    limits.bytes_in_memory = bytes;
    return limits;
}

Limits with_depth(std::uint32_t depth) {
    Limits limits;
    limits.depth = depth;
    return limits;
}

// ITU-T X.690, 8.1.3: the length of up to 127 bytes in one byte, else behind a count.
std::string element(char tag, const std::string& inner) {
    const auto byte = [](std::size_t number) { return static_cast<char>(number & 0xFF); };
    if (inner.size() < 128) return std::string{tag, byte(inner.size())} + inner;
    return std::string{tag, '\x82', byte(inner.size() >> 8), byte(inner.size())} + inner;
}

// RFC 5652, 5.1: SignedData around `content`, without a signer.
std::string signed_data(const std::string& content) {
    const std::string pkcs7("\x2A\x86\x48\x86\xF7\x0D\x01\x07");
    const std::string inner = element('\x06', pkcs7 + '\x01') + element('\xA0', element('\x04', content));
    const std::string data =
        element('\x30', std::string("\x02\x01\x01\x31\x00", 5) + element('\x30', inner) + std::string("\x31\x00", 2));
    return element('\x30', element('\x06', pkcs7 + '\x02') + element('\xA0', data));
}

std::string signed_part(const std::string& content) {
    return "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
           to_base64(as_view(signed_data(content))) + "\r\n";
}

std::string mixed(const std::string& part) {
    return "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\n" +
           part + "\r\n--x--\r\n";
}

struct Told {
    const char* what;
    std::string rest, findings;
};

const Told told[] = {
    {"an ordinary mail", "Subject: x\r\n\r\nx", ""},
    {"a body in another charset", "Subject: x\r\nContent-Type: text/plain; charset=Shift_JIS\r\n\r\n\x8f\x5a\r\n",
     "mail.charset"},
    {"a subject in another charset", "Subject: =?ISO-2022-JP?B?GyRCPTtMMUk8GyhC?=\r\n\r\nx", "mail.charset"},
    {"a line between the fields that is none", "Subject: x\r\nno field at all\r\n\r\nx", "mail.broken"},
    {"a body that is not what its charset says",
     "Subject: x\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\na\xFF\xFE z", "mail.broken mail.charset"},
    {"two subjects", "Subject: x\r\nSubject: y\r\n\r\nx", "mail.broken"},
    {"a signed body", signed_part("\r\nhi"), "mail.signature"},
    {"a signature that lies beside", mixed("Content-Type: application/pgp-signature\r\n\r\nx"), "mail.signature"},
    {"a name that leads outside",
     mixed("Content-Type: text/plain\r\nContent-Disposition: attachment; filename=\"../a.txt\"\r\n\r\nx"),
     "mail.attachment-name"},
    {"a name with a change of direction",
     mixed("Content-Type: text/plain\r\nContent-Disposition: attachment; filename=\"a\u202Eb.txt\"\r\n\r\nx"),
     "mail.attachment-name"},
};

class MailRules : public testing::Test {
protected:
    static void SetUpTestSuite() { warm_up(); }
};

} // namespace

TEST_F(MailRules, EachIsToldByItself) {
    for (const Told& one : told) {
        const Done done = mailed(one.rest);
        EXPECT_EQ(done.outcome, "mail") << one.what;
        EXPECT_EQ(done.findings, one.findings) << one.what;
    }
}

// M06: what was encrypted with PGP may stand in any multipart.
TEST_F(MailRules, AnEncryptedPartIsRefused) {
    EXPECT_EQ(mailed(mixed("Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1")).outcome, "input.encrypted");
}

TEST_F(MailRules, SignaturesAroundSignaturesEnd) {
    std::string inner = "\r\nhi";
    for (int i = 0; i < 3; ++i) inner = signed_part(inner);
    EXPECT_EQ(mailed(inner, with_depth(3)).outcome, "mail");
    EXPECT_EQ(mailed(inner, with_depth(2)).outcome, "limit.depth");
}

TEST_F(MailRules, MailsWithoutAnythingAreRefused) {
    EXPECT_EQ(
        sanitized(as_view("Message-ID: <1@x.jp>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx")).outcome,
        "mail.empty");
    EXPECT_EQ(sanitized(tests::ole_file({stream("__properties_version1.0", Bytes(32)),
                                         stream("__substg1.0_0C1F001F", to_bytes(std::string("a\0@\0b\0", 6)))}),
                        "a.msg")
                  .outcome,
              "mail.empty");
    EXPECT_EQ(sanitized(as_view(signed_data("")), "a.p7m").outcome, "type.empty");
}

TEST_F(MailRules, FieldsAreCounted) {
    std::string fields;
    for (int i = 0; i < 2001; ++i) fields += "X-A: b\r\n";
    EXPECT_EQ(mailed(fields + "\r\nx").outcome, "limit.members");
}

TEST_F(MailRules, WhatDoesNotFitInMemoryIsRefused) {
    const std::string large = "Subject: x\r\n\r\n" + std::string(60'000, 'x');
    EXPECT_EQ(mailed(large, with_memory(100'000)).outcome, "limit.memory");
    const std::string box = "From a@x Sun Nov 22 20:56:10 2026\r\n" + head + large;
    EXPECT_EQ(sanitized(as_view(box), "a.mbox", with_memory(100'000)).outcome, "limit.memory");
}

TEST_F(MailRules, TextTellsThatFilesWereLeftOut) {
    const std::string with_file = head + mixed("Content-Type: text/csv; name=a.csv\r\n\r\n1,2");
    EXPECT_EQ(sanitized(as_view(with_file), "a.eml", {}, Level::text).findings, "mail.attachment-refused");
    EXPECT_EQ(sanitized(as_view(head + "Subject: x\r\n\r\nx"), "a.eml", {}, Level::text).findings, "");
}

TEST_F(MailRules, ARefusedMailOfAMailboxIsReplaced) {
    const std::string separator = "From a@x Sun Nov 22 20:56:10 2026\r\n";
    const Done done = sanitized(as_view(separator + head + "Subject: x\r\n\r\nx\r\n\r\n" + separator + head +
                                        "Content-Type: message/partial; id=x; number=1\r\n\r\nx\r\n"),
                                "a.mbox");
    ASSERT_EQ(done.outcome, "zip");
    EXPECT_EQ(done.findings, "mail.archive zip.member-refused");
    Budget budget(Limits{});
    const MemorySource source(done.bytes);
    const auto zip = ZipReader::open(source, budget);
    ASSERT_TRUE(zip);
    EXPECT_TRUE(zip->find("00001.eml"));
    EXPECT_TRUE(zip->find("00002.eml.blocked.txt"));
}

TEST_F(MailRules, AMailboxWithoutMailsIsDamaged) {
    Report report;
    Budget budget(Limits{});
    Context context(Level::rebuild, budget, report, sanitize_file);
    const MemorySource source(as_view("From nobody at no time\r\n\r\nx\r\n"));
    MemorySink out(1000);
    Job job{source, out, Type::mbox, context, "a.mbox"};
    const auto type = mail::mbox(job);
    ASSERT_FALSE(type);
    EXPECT_EQ(type.error().code, "input.damaged");
}

namespace {

// An Outlook message that holds `depth` others, one in the other.
std::vector<tests::OleNode> outlook(int depth) {
    std::vector<tests::OleNode> streams{stream("__properties_version1.0", Bytes(32)),
                                        stream("__substg1.0_0037001F", to_bytes(std::string("s\0", 2)))};
    if (depth > 0)
        streams.push_back(
            storage("__attach_version1.0_#00000000", {stream("__properties_version1.0", Bytes(8)),
                                                      storage("__substg1.0_3701000D", outlook(depth - 1))}));
    return streams;
}

} // namespace

TEST_F(MailRules, MailsInOutlookMessagesAreToldAndCounted) {
    EXPECT_EQ(sanitized(tests::ole_file(outlook(0)), "a.msg").findings, "mail.outlook");
    EXPECT_EQ(sanitized(tests::ole_file(outlook(1)), "a.msg").findings, "mail.outlook mail.nested");
    EXPECT_EQ(sanitized(tests::ole_file(outlook(2)), "a.msg", with_depth(3)).outcome, "mail");
    EXPECT_EQ(sanitized(tests::ole_file(outlook(2)), "a.msg", with_depth(2)).outcome, "limit.depth");
}

namespace {

constexpr std::uint32_t packed = 0x75465A4C, plain = 0x414C454D;

std::string decompressed(std::uint32_t kind, std::uint32_t size, const std::string& content, const Limits& limits = {},
                         std::uint32_t behind_size = 12) {
    ByteWriter out;
    out.u32le(behind_size == 12 ? static_cast<std::uint32_t>(content.size() + 12) : behind_size);
    out.u32le(size);
    out.u32le(kind);
    out.u32le(~libdeflate_crc32(0xFFFFFFFF, content.data(), content.size()));
    out.text(content);
    Budget budget(limits);
    const auto rtf = mail::decompress_rtf(out.bytes(), budget);
    return rtf ? std::string(as_text(*rtf)) : rtf.error().code;
}

} // namespace

// [MS-OXRTFCP] 2.1.3.1
TEST_F(MailRules, RichTextThatContradictsItselfIsDamaged) {
    const std::string two("\x04"
                          "ab"
                          "\x0D\x10",
                          5); // "ab", then the reference that ends it: 207 + 2 << 4
    EXPECT_EQ(decompressed(packed, 2, two), "ab");
    EXPECT_EQ(decompressed(packed, 3, two), "input.damaged") << "less than it says";
    EXPECT_EQ(decompressed(plain, 2, "ab"), "ab");
    EXPECT_EQ(decompressed(plain, 3, "ab"), "input.damaged") << "less than it says";
    EXPECT_EQ(decompressed(0x12345678, 2, two), "input.damaged") << "of no kind";
    EXPECT_EQ(decompressed(packed, 2, two, {}, 11), "input.damaged") << "smaller than its own header";
}

TEST_F(MailRules, RichTextDoesNotGrowBeyondMemory) {
    // References to what is known, of 17 bytes each.
    std::string many;
    for (int i = 0; i < 100; ++i)
        many += "\xFF" + std::string("\x00\x0F\x00\x0F\x00\x0F\x00\x0F\x00\x0F\x00\x0F\x00\x0F\x00\x0F", 16);
    EXPECT_EQ(decompressed(packed, 10, many, with_memory(4000)), "limit.memory");
}

namespace {

void attribute(ByteWriter& out, std::uint32_t id, View value) {
    out.u8(1);
    out.u32le(id);
    out.u32le(static_cast<std::uint32_t>(value.size()));
    out.raw(value);
    out.u16le(0);
}

// winmail.dat with one attribute.
Bytes package(std::uint32_t id, View value, bool with_file = false) {
    ByteWriter out;
    out.u32le(0x223E9F78);
    out.u16le(1);
    attribute(out, 0x00018004, as_view("subject"));
    if (with_file) attribute(out, 0x00069002, Bytes(14));
    attribute(out, id, value);
    return out.take();
}

// [MS-OXTNEF] 2.1.3.4: a list of properties.
Bytes properties(std::uint32_t count, std::uint16_t type, std::uint32_t values = 1, View value = {}) {
    ByteWriter out;
    out.u32le(count);
    out.u16le(type);
    out.u16le(0x1000);
    out.u32le(values);
    out.u32le(static_cast<std::uint32_t>(value.size()));
    out.raw(value);
    while (out.size() % 4 != 0) out.u8(0);
    return out.take();
}

constexpr std::uint32_t of_message = 0x00069003, of_file = 0x00069005;

std::string opened(const Bytes& winmail, const Limits& limits = {}) {
    return sanitized(winmail, "winmail.dat", limits).outcome;
}

} // namespace

TEST_F(MailRules, OutlookPackagesThatContradictThemselves) {
    EXPECT_EQ(opened(package(of_message, properties(1, 0x001E, 1, as_view("text")))), "mail");
    EXPECT_EQ(opened(package(of_message, properties(1, 0x00FF))), "input.damaged") << "a property of no type";
    EXPECT_EQ(opened(package(of_message, properties(1, 0x001E, 10'001))), "limit.members") << "too many values";
    EXPECT_EQ(opened(package(of_message, properties(20'001, 0x001E))), "limit.members") << "too many properties";
}

TEST_F(MailRules, OutlookPackagesInOneAnotherEnd) {
    Bytes inner = package(of_message, properties(1, 0x001E, 1, as_view("text")));
    for (int i = 0; i < 2; ++i) {
        ByteWriter object; // behind the identifier of its interface
        object.raw(Bytes(16));
        object.raw(inner);
        Bytes list = properties(1, 0x000D, 1, object.bytes());
        list[6] = 0x01, list[7] = 0x37; // PidTagAttachDataObject
        inner = package(of_file, list, true);
    }
    EXPECT_EQ(opened(inner, with_depth(3)), "mail");
    EXPECT_EQ(opened(inner, with_depth(2)), "limit.depth");
}

} // namespace sekisho
