#include "sanitizer/name/name.h"

#include <gtest/gtest.h>

namespace sekisho {
namespace {

std::string clean(std::string_view name, bool expect_change = true) {
    bool changed = false;
    std::string made = clean_file_name(name, changed);
    EXPECT_EQ(changed, expect_change) << name;
    bool again = false;
    EXPECT_EQ(clean_file_name(made, again), made) << "cleaning twice changes " << made;
    EXPECT_FALSE(again);
    return made;
}

TEST(FileName, OrdinaryNamesStay) {
    for (const char* name : {"申請書.pdf", "令和５年度　予算（案）.xlsx", "a b-c_d (2).txt", "葛\U000E0100城.docx",
                             "👨‍👩‍👧.png", "\uE000外字.txt", "README"})
        EXPECT_EQ(clean(name, false), name);
}

// T04
TEST(FileName, DirectionControlsAndInvisibleCharactersGo) {
    EXPECT_EQ(clean("test\u202Etxt.exe"), "testtxt.exe");
    EXPECT_EQ(clean("a\u200B\uFEFF\u2066b.txt"), "ab.txt");
    EXPECT_EQ(clean("a\r\nb\t\x7f.txt"), "ab.txt");
    EXPECT_EQ(clean(std::string_view("a\0b", 3)), "ab");
}

TEST(FileName, WhatFileSystemsForbid) {
    EXPECT_EQ(clean("a:b*c?.txt"), "a_b_c_.txt");
    EXPECT_EQ(clean("../../etc/passwd"), "_._.._etc_passwd");
    EXPECT_EQ(clean("..\\x"), "_._x");
    EXPECT_EQ(clean("report.pdf. . "), "report.pdf");
    EXPECT_EQ(clean("x.txt\u3000"), "x.txt");
    EXPECT_EQ(clean("report.pdf                   .exe"), "report.pdf  .exe");
    EXPECT_EQ(clean(".htaccess"), "_htaccess");
    for (const char* empty : {"", ".", "..", "...", " ", "\u202E"}) EXPECT_EQ(clean(empty), "_") << empty;
}

TEST(FileName, ReservedDeviceNames) {
    EXPECT_EQ(clean("CON"), "_CON");
    EXPECT_EQ(clean("nul.txt"), "_nul.txt");
    EXPECT_EQ(clean("Com1.tar.gz"), "_Com1.tar.gz");
    EXPECT_EQ(clean("LPT³"), "_LPT³");
    EXPECT_EQ(clean("aux .txt"), "_aux .txt");
    EXPECT_EQ(clean("console.txt", false), "console.txt");
}

TEST(FileName, IsComposed) {
    EXPECT_EQ(clean("か\u3099.txt"), "が.txt");
    EXPECT_EQ(clean("bad\xff\xfe.txt"), "bad__.txt");
}

TEST(FileName, OverLongNamesKeepTheirExtension) {
    std::string name;
    for (int i = 0; i < 200; ++i) name += "長";
    const std::string made = clean(name + ".pdf");
    EXPECT_LE(made.size(), 240U);
    EXPECT_GE(made.size(), 236U);
    EXPECT_TRUE(made.ends_with("長.pdf"));
    EXPECT_LE(clean(std::string(5000, '.') + "x").size(), 240U);
}

TEST(FileName, SaysWhatTheFileIs) {
    EXPECT_EQ(name_for_type("a.pdf", Type::pdf), "a.pdf");
    EXPECT_EQ(name_for_type("A.PDF", Type::pdf), "A.PDF");
    EXPECT_EQ(name_for_type("photo.jpeg", Type::jpeg), "photo.jpeg");
    EXPECT_EQ(name_for_type("table.tsv", Type::tsv), "table.tsv");
    EXPECT_EQ(name_for_type("macro.docm", Type::docx), "macro.docx");
    EXPECT_EQ(name_for_type("起案.DOC", Type::docx), "起案.docx");
    EXPECT_EQ(name_for_type("予算.xls", Type::xlsx), "予算.xlsx");
    EXPECT_EQ(name_for_type("flat.fods", Type::ods), "flat.ods");
    EXPECT_EQ(name_for_type("letter.jtd", Type::text), "letter.txt");
    EXPECT_EQ(name_for_type("plan.dxf", Type::text), "plan.txt");
    EXPECT_EQ(name_for_type("plan.dxf", Type::pdf), "plan.pdf");
    EXPECT_EQ(name_for_type("起案.docx", Type::pdf), "起案.pdf");
    EXPECT_EQ(name_for_type("予算.XLS", Type::pdf), "予算.pdf");
    EXPECT_EQ(name_for_type("memo.txt", Type::pdf), "memo.pdf");
    EXPECT_EQ(name_for_type("evil.js", Type::pdf), "evil.js.pdf");
    EXPECT_EQ(name_for_type("macro.XLSM", Type::xlsx), "macro.xlsx");
    EXPECT_EQ(name_for_type("evil.js", Type::text), "evil.js.txt");
    EXPECT_EQ(name_for_type("photo.png", Type::jpeg), "photo.png.jpg");
    EXPECT_EQ(name_for_type("noextension", Type::text), "noextension.txt");
    EXPECT_EQ(name_for_type("letter.docx", Type::text), "letter.txt");
    // Archives become ZIPs, a single packed file what is in it.
    EXPECT_EQ(name_for_type("backup.7z", Type::zip), "backup.zip");
    EXPECT_EQ(name_for_type("backup.tar.gz", Type::zip), "backup.zip");
    EXPECT_EQ(name_for_type("backup.TGZ", Type::zip), "backup.zip");
    EXPECT_EQ(name_for_type("report.csv.gz", Type::csv), "report.csv");
    EXPECT_EQ(name_for_type("report.xz", Type::pdf), "report.pdf");
}

TEST(FileName, KeysIgnoreCase) {
    EXPECT_EQ(name_key("Ａbc.TXT"), name_key("ａBC.txt"));
    EXPECT_NE(name_key("a"), name_key("b"));
}

} // namespace
} // namespace sekisho
