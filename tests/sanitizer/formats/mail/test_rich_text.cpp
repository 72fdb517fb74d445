// Bodies of Outlook messages that are RTF: a page or a plain text in disguise, or nothing but RTF.
#include <gtest/gtest.h>
#include <libdeflate.h>

#include "sanitizer/formats/mail/rich_text.h"
#include "tests/sanitizer/formats/compound_file/builder.h"
#include "tests/sanitizer/formats/mail/lone.h"

namespace sekisho {

namespace {

using tests::LoneDone;
using tests::pass_alone;
using tests::stream;

// As [MS-OXRTFCP] 2.2 has it, every byte as it is.
Bytes compressed(std::string_view rtf) {
    constexpr std::size_t known = 207, dictionary = 4096;
    ByteWriter packed;
    for (std::size_t at = 0; at <= rtf.size(); at += 8) {
        const std::string_view piece = rtf.substr(at, 8);
        const bool last = piece.size() < 8;
        packed.u8(last ? static_cast<std::uint8_t>(1U << piece.size()) : 0);
        packed.text(piece);
        if (last) packed.u16be(static_cast<std::uint16_t>((known + rtf.size()) % dictionary << 4));
    }
    ByteWriter out;
    out.u32le(static_cast<std::uint32_t>(packed.size() + 12));
    out.u32le(static_cast<std::uint32_t>(rtf.size()));
    out.u32le(0x75465A4C);
    out.u32le(~libdeflate_crc32(0xFFFFFFFF, packed.bytes().data(), packed.size()));
    out.raw(packed.bytes());
    return out.take();
}

Bytes wide(std::string_view ascii) {
    Bytes made;
    for (const char c : ascii) {
        made.push_back(static_cast<std::uint8_t>(c));
        made.push_back(0);
    }
    return made;
}

LoneDone message(const Bytes& rich, bool with_text = false) {
    std::vector<tests::OleNode> streams{stream("__properties_version1.0", Bytes(32)),
                                        stream("__substg1.0_0037001F", wide("subject")),
                                        stream("__substg1.0_10090102", rich)};
    if (with_text) streams.push_back(stream("__substg1.0_1000001F", wide("the text")));
    return pass_alone(tests::ole_file(streams), "a.msg");
}

std::string page_of(const LoneDone& done) {
    return done.seen.leaf("text/html") ? done.seen.leaf("text/html")->content : "";
}

constexpr std::string_view page =
    "{\\rtf1\\ansi\\ansicpg932\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fcharset128 MS PGothic;}}"
    "{\\*\\htmltag64 <p onclick=evil()>}\\htmlrtf {\\htmlrtf0 \\'8f\\'5a\\'96\\'af"
    "{\\*\\htmltag84 &lt;}\\htmlrtf <\\htmlrtf0 "
    "{\\*\\htmltag84 <script>evil()</script>}"
    "{\\*\\htmltag84 <a href=\"javascript:evil()\">}link{\\*\\htmltag92 </a>}"
    "\\htmlrtf \\par}\\htmlrtf0 {\\*\\htmltag72 </p>}}";

} // namespace

// The example of [MS-OXRTFCP] 4.1.1, as another program compressed it.
TEST(RichText, DecompressesAsThePublishedExample) {
    const Bytes packed = *from_hex("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c09002062770"
                                   "5b06c647d0a800fa0");
    Budget budget(Limits{});
    const auto rtf = mail::decompress_rtf(packed, budget);
    ASSERT_TRUE(rtf);
    EXPECT_EQ(as_text(*rtf), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    // 4.1.2: a reference into what it has just written.
    const auto crossing =
        mail::decompress_rtf(*from_hex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0"), budget);
    ASSERT_TRUE(crossing);
    EXPECT_EQ(as_text(*crossing), "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
}

// R09, M08
TEST(RichText, APageInRtfIsSanitisedAsAPage) {
    const LoneDone done = message(compressed(page));
    ASSERT_EQ(done.outcome, "mail");
    EXPECT_TRUE(done.found(Finding::mail_rich_text));
    EXPECT_TRUE(done.found(Finding::html_script));
    EXPECT_NE(page_of(done).find("<p>住民&lt;"), std::string::npos) << page_of(done);
    EXPECT_NE(page_of(done).find("link"), std::string::npos);
    EXPECT_EQ(done.seen.raw.find("evil"), std::string::npos);
    EXPECT_EQ(done.seen.raw.find("rtf1"), std::string::npos);
}

TEST(RichText, TextAndPlainRtfBecomeText) {
    const auto text = [](std::string_view rtf, bool with_text = false) {
        const LoneDone done = message(compressed(rtf), with_text);
        EXPECT_TRUE(done.found(Finding::mail_rich_text));
        EXPECT_EQ(page_of(done), "");
        return done.seen.leaf("text/plain") ? done.seen.leaf("text/plain")->content : "";
    };
    EXPECT_EQ(text("{\\rtf1\\ansi\\fromtext one\\par two\\tab three}"), "one\ntwo\tthree");
    EXPECT_EQ(text("{\\rtf1\\ansi{\\object{\\*\\objdata 4d5a}{\\result shown}}{\\pict 4d5a} end}"), "shown end");
    EXPECT_EQ(text("{\\rtf1 other}", true), "the text");
}

TEST(RichText, InsideOutlookPackages) {
    ByteWriter properties, file;
    const Bytes rich = compressed(page);
    properties.u32le(1);
    properties.u16le(0x0102);
    properties.u16le(0x1009);
    properties.u32le(1);
    properties.u32le(static_cast<std::uint32_t>(rich.size()));
    properties.raw(rich);
    while (properties.size() % 4 != 0) properties.u8(0);
    file.u32le(0x223E9F78);
    file.u16le(1);
    file.u8(1);
    file.u32le(0x00018004); // a subject
    file.u32le(2);
    file.text(std::string("s\0", 2));
    file.u16le(0);
    file.u8(1);
    file.u32le(0x00069003);
    file.u32le(static_cast<std::uint32_t>(properties.size()));
    file.raw(properties.bytes());
    file.u16le(0);
    const LoneDone done = pass_alone(file.bytes(), "winmail.dat");
    EXPECT_NE(page_of(done).find("<p>住民&lt;"), std::string::npos);
    EXPECT_EQ(done.seen.raw.find("evil"), std::string::npos);
}

TEST(RichText, DamageIsToldAndTheTextStays) {
    Bytes damaged = compressed(page);
    damaged[40] ^= 1;
    LoneDone done = message(damaged, true);
    EXPECT_EQ(done.outcome, "mail");
    EXPECT_TRUE(done.found(Finding::mail_broken));
    EXPECT_EQ(done.seen.leaf("text/plain")->content, "the text");
    EXPECT_EQ(page_of(done), "");
    for (const std::size_t size : {0UL, 3UL, 15UL, 16UL, 17UL, 60UL}) {
        const Bytes cut(damaged.begin(), damaged.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_EQ(message(cut, true).outcome, "mail") << size;
    }
    std::string deep = "{\\rtf1";
    for (int i = 0; i < 1000; ++i) deep += '{';
    EXPECT_EQ(message(compressed(deep)).outcome, "limit.depth");
}

} // namespace sekisho
