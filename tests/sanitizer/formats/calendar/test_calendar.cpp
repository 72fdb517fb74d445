#include <gtest/gtest.h>

#include "sanitizer/formats/calendar/calendar.h"
#include "sanitizer/verify/calendar/calendar.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

std::unique_ptr<tests::Bench> last;

std::string rebuilt(std::string_view input) {
    last = std::make_unique<tests::Bench>();
    const auto type = last->run(calendar::rebuild, Type::calendar, as_view(input));
    if (!type) return type.error().code;
    const MemorySource out(last->out.bytes());
    const auto verified = *type == Type::vcard ? verify::vcard(out, {}) : verify::calendar(out, {});
    EXPECT_TRUE(verified) << verified.error().code << "\n" << as_text(last->out.bytes());
    return std::string(as_text(last->out.bytes()));
}

std::string event(std::string_view lines) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n" + std::string(lines) +
           "END:VEVENT\r\nEND:VCALENDAR\r\n";
}
std::string card(std::string_view lines) {
    return "BEGIN:VCARD\r\nVERSION:3.0\r\n" + std::string(lines) + "END:VCARD\r\n";
}

bool verified(const std::string& output) {
    return verify::calendar(MemorySource(as_view(output)), {}).has_value();
}

} // namespace

TEST(Calendar, AnEventStays) {
    const std::string same =
        event("UID:1@example.jp\r\nDTSTART;TZID=Asia/Tokyo:20261122T090000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO\r\n"
              "SUMMARY:会議\\, 第1回\r\nATTENDEE;CN=\"山田, 太郎\";RSVP=TRUE:mailto:a@example.jp\r\n");
    EXPECT_EQ(rebuilt(same), same);
    EXPECT_TRUE(last->report.entries().empty());
}

// M10
TEST(Calendar, WhatPointsElsewhereGoes) {
    const std::string out = rebuilt(event(
        "SUMMARY:x\r\nATTACH:file:///c:/x.exe\r\nATTACH;ENCODING=BASE64;VALUE=BINARY:TVqQ\r\nURL:http://evil/\r\n"
        "X-ALT-DESC;FMTTYPE=text/html:<script>\r\nORGANIZER:http://evil/\r\nATTENDEE;DIR=\"ldap://x\":mailto:a@b\r\n"
        "DESCRIPTION;ALTREP=\"cid:x\":text\r\nIMAGE;VALUE=URI:http://t/\r\n"));
    EXPECT_EQ(out, event("SUMMARY:x\r\nATTENDEE:mailto:a@b\r\nDESCRIPTION:text\r\n"));
    EXPECT_TRUE(last->found(Finding::calendar_property));
}

TEST(Calendar, OnlyAlarmsThatShowAText) {
    const std::string display = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:x\r\nEND:VALARM\r\n";
    EXPECT_EQ(rebuilt(event(display)), event(display));
    for (const char* action : {"AUDIO", "EMAIL", "PROCEDURE", "X-RUN"}) {
        EXPECT_EQ(
            rebuilt(event("BEGIN:VALARM\r\nACTION:" + std::string(action) + "\r\nTRIGGER:PT0S\r\nEND:VALARM\r\n")),
            event(""));
        EXPECT_TRUE(last->found(Finding::calendar_alarm));
    }
    EXPECT_EQ(rebuilt(event("BEGIN:X-EVIL\r\nBEGIN:VALARM\r\nEND:VALARM\r\nEND:X-EVIL\r\n")), event(""));
    EXPECT_TRUE(last->found(Finding::calendar_component));
}

TEST(Calendar, FoldingAndUnfolding) {
    std::string summary = "SUMMARY:";
    for (int i = 0; i < 40; ++i) summary += "住民票の写し";
    const std::string once = rebuilt(event(summary + "\r\n"));
    std::string unfolded;
    for (std::size_t i = 0; i < once.size(); ++i) {
        if (once.compare(i, 3, "\r\n ") == 0)
            i += 2;
        else
            unfolded += once[i];
    }
    EXPECT_EQ(unfolded, event(summary + "\r\n"));
    EXPECT_EQ(rebuilt(once), once);
    EXPECT_EQ(rebuilt(event("SUM\r\n MARY:a\n b\n\tc\r\n")), event("SUMMARY:abc\r\n"));
}

TEST(Calendar, BrokenOnesAreRefused) {
    for (const char* bad : {"", "BEGIN:VCALENDAR\r\n", "END:VCALENDAR\r\n", "BEGIN:VEVENT\r\nEND:VEVENT\r\n",
                            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\nEND:VEVENT\r\n", "SUMMARY:x\r\n"})
        EXPECT_EQ(rebuilt(bad), "calendar.syntax") << bad;
    EXPECT_EQ(rebuilt(event("") + card("")), "type.ambiguous");
    EXPECT_EQ(rebuilt(card("") + event("")), "type.ambiguous");
}

TEST(Calendar, ALineWithoutAValueGoes) {
    EXPECT_EQ(rebuilt(event("SUMMARY:x\r\nno value\r\n")), event("SUMMARY:x\r\n"));
    EXPECT_TRUE(last->found(Finding::calendar_property));
}

TEST(Calendar, ComponentsAreNestedSoDeepOnly) {
    const auto nested = [](int depth) {
        std::string lines;
        for (int i = 0; i < depth; ++i) lines += "BEGIN:VEVENT\r\n";
        for (int i = 0; i < depth; ++i) lines += "END:VEVENT\r\n";
        return event(lines);
    };
    EXPECT_EQ(rebuilt(nested(6)), nested(6));
    EXPECT_EQ(rebuilt(nested(7)), "limit.depth");
}

TEST(VCard, JapanesePhoneCards) {
    // vCard 2.1 with quoted-printable Shift_JIS, as telephones write it; a soft line break in the middle of a
    // character.
    const std::string out = rebuilt(
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=8E=52=93=63;=91=\r\n=BE=98=59\r\n"
        "TEL;CELL;VOICE:090-0000-0000\r\nX-PHONETIC-LAST-NAME:ヤマダ\r\nPHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n"
        "URL:http://evil/\r\nKEY:x\r\nAGENT:x\r\nEND:VCARD\r\n");
    EXPECT_EQ(out, card("N:山田;太郎\r\nTEL;TYPE=CELL;TYPE=VOICE:090-0000-0000\r\nX-PHONETIC-LAST-NAME:ヤマダ\r\n"));
    EXPECT_EQ(rebuilt(out), out);
    EXPECT_TRUE(last->report.entries().empty());
}

TEST(Calendar, TheVerifierSeesItWithoutUs) {
    EXPECT_TRUE(verified(event("SUMMARY:x\r\n")));
    for (const char* bad :
         {"ATTACH:http://x\r\n", "URL:http://x\r\n", "X-A:b\r\n", "ORGANIZER:http://x\r\n",
          "SUMMARY;ALTREP=\"x\":y\r\n", "BEGIN:VALARM\r\nACTION:AUDIO\r\nEND:VALARM\r\n",
          "BEGIN:VALARM\r\nEND:VALARM\r\n", "BEGIN:X-EVIL\r\nEND:X-EVIL\r\n", "SUMMARY:x\n", "SUMMARY:\u202e\r\n"})
        EXPECT_FALSE(verified(event(bad))) << bad;
    EXPECT_FALSE(verified(event("SUMMARY:" + std::string(80, 'x') + "\r\n")));
    EXPECT_FALSE(verify::vcard(MemorySource(as_view(card("PHOTO:x\r\n"))), {}));
    EXPECT_FALSE(verified(card("FN:x\r\n")));
}

TEST(Calendar, Corpus) {
    for (const char* extension : {".ics", ".vcf", ".vcs"})
        for (const std::string& path : tests::corpus_files(extension)) {
            const std::string out = rebuilt(as_text(tests::read_whole(path)));
            printf("%s %s\n", path.substr(path.rfind('/') + 1).c_str(), out.substr(0, 20).c_str());
            EXPECT_EQ(out.find("ATTACH"), std::string::npos);
        }
}

} // namespace sekisho
