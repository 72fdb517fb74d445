// Texts and mails in the confined workers, as they are in service: no file can be opened there, so every converter and
// table must be in memory already.
#include <sys/mman.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "sanitizer/worker/pool.h"
#include "sanitizer/worker/sanitize.h"
#include "sanitizer/worker/verify.h"

namespace sekisho::worker {

namespace {

Descriptor memory_file(std::string_view content) {
    Descriptor file(memfd_create("text", MFD_CLOEXEC));
    EXPECT_TRUE(write_all(file, as_view(content)));
    return file;
}

// The answer of a worker of that kind to one question.
template <typename Answer> Answer asked(const Kind& kind, const Bytes& question, std::span<const int> passed) {
    Answer answer;
    auto pool = Pool::start(kind, {});
    EXPECT_TRUE(pool) << to_line(pool.error());
    if (!pool) return answer;
    auto loop = *Loop::create();
    EXPECT_TRUE((*pool)->attach(loop, [&] { loop.stop(); }));
    (*pool)->submit(question, passed, [&](Result<Frame> frame) {
        if (frame) answer = decode<Answer>(frame->payload).value_or(Answer{});
        loop.stop();
    });
    EXPECT_TRUE(loop.run());
    return answer;
}

struct Sample {
    const char* name;
    Type type;
    std::string content;
};

const std::string head = "From: a@example.jp\r\nMessage-ID: <1@x>\r\nMIME-Version: 1.0\r\n";

std::vector<Sample> samples() {
    std::vector<Sample> made{
        {"a.html", Type::html, "<meta charset=shift_jis><style>p{color:red}</style><p onclick=x>\x8f\x5a\x96\xaf"},
        {"a.html", Type::html, "<meta charset=gb2312><p>\xd6\xd0\xb9\xfa"},
        {"a.xml", Type::xml, "<?xml version='1.0' encoding='windows-1252'?><a>\xe9</a>"},
        {"a.json", Type::json, "{\"a\": [1, \"\\u4f4f\"]}"},
        {"a.md", Type::markdown, "# x <script>\n"},
        {"a.ics", Type::calendar, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"},
        {"a.vcf", Type::vcard, "BEGIN:VCARD\r\nFN;CHARSET=EUC-JP;ENCODING=QUOTED-PRINTABLE:=BD=BB\r\nEND:VCARD\r\n"}};
    std::string parts = head + "Subject: =?koi8-r?Q?abc?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n";
    for (const char* charset : {"iso-2022-jp-2", "iso-2022-kr", "big5", "koi8-r", "utf-7", "tis-620", "iso-8859-15"})
        parts += std::string("--b\r\nContent-Type: text/html; charset=") + charset + "\r\n\r\n<p>abc~{}\r\n";
    made.push_back({"a.eml", Type::mail, parts + "--b--\r\n"});
    return made;
}

} // namespace

TEST(ConfinedText, EveryKindIsSanitisedAndVerified) {
    for (const Sample& sample : samples()) {
        const Descriptor in = memory_file(sample.content), out = memory_file("");
        const std::array<int, 2> both{in.get(), out.get()};
        const auto done = asked<Sanitized>(sanitize_kind, encode(Sanitize{Level::rebuild, sample.name, {}}), both);
        EXPECT_EQ(done.verdict, Verdict::delivered) << sample.name << " " << row_of(done.reason).code << sample.content;
        EXPECT_EQ(done.type_out, sample.type) << sample.name;
        Verify question;
        question.file_type = done.type_out;
        const std::array<int, 1> one{out.get()};
        const auto verified = asked<Verified>(verify_kind, encode(question), one);
        EXPECT_EQ(verified.verdict, Verdict::delivered) << sample.name << " " << row_of(verified.reason).code;
    }
}

} // namespace sekisho::worker
