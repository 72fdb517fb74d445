#include <gtest/gtest.h>

#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/verify/text/text.h"

namespace sekisho {

namespace {

Reason verdict(Result<> (*check)(const Source&, const Limits&), std::string_view input) {
    const MemorySource source(as_view(input));
    const auto result = check(source, {});
    return result ? Reason::none : reason_of(result.error());
}

Reason text_verdict(std::string_view input) {
    return verdict(verify::text, input);
}
Reason csv_verdict(std::string_view input) {
    return verdict(verify::csv, input);
}

} // namespace

TEST(VerifyText, AcceptsCleanText) {
    EXPECT_EQ(text_verdict("申請書\r\n\tx\f葛\xF3\xA0\x84\x80 \xEE\x80\x80 𠮷"), Reason::none);
    EXPECT_EQ(text_verdict(""), Reason::none);
}

TEST(VerifyText, RefusesWhatIsNotUtf8) {
    for (const char* bad : {"\x82\xA0", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                            "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\x80", "\xE3\x81", "\xE3\x41\x41"})
        EXPECT_EQ(text_verdict(bad), Reason::verify_text_utf8);
}

TEST(VerifyText, RefusesControls) {
    for (const char* bad : {"\x01", "\x1B", "\x7F", "\xC2\x85", "\x0B"})
        EXPECT_EQ(text_verdict(bad), Reason::verify_text_control);
    EXPECT_EQ(text_verdict(std::string_view("\0", 1)), Reason::verify_text_control);
    EXPECT_EQ(csv_verdict("\x01"), Reason::verify_text_control);
}

TEST(VerifyText, RefusesBidiControls) {
    for (const char* bad : {"\xE2\x80\xAA", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x81\xA9"})
        EXPECT_EQ(text_verdict(bad), Reason::verify_text_bidi);
}

TEST(VerifyCsv, RefusesFormulas) {
    for (const char* bad : {"=1",
                            "a,=1",
                            "a;=1",
                            "a\t=1",
                            "a\n=1",
                            "a\r=1",
                            "\"=1\"",
                            " =1",
                            "\"\"\"=1",
                            "@a",
                            "-cmd|x",
                            "+a(",
                            "-a!b",
                            "\"-1,cmd|x\"",
                            "\"-1\nf(\"",
                            "\xEF\xBB\xBF=1",
                            "＝1",
                            "－ａ（",
                            "a,\xE3\x80\x80=1",
                            "\"-1,=5\"",
                            "==1"})
        EXPECT_EQ(csv_verdict(bad), Reason::verify_csv_formula) << bad;
    EXPECT_EQ(csv_verdict("-" + std::string(3000, '1')), Reason::verify_csv_formula);
}

TEST(VerifyCsv, AcceptsCells) {
    for (const char* good :
         {"", "a,b", "'=1", "-1,234", "+81-3-1234", "a=b", "x@y", "---", "===", "-5円,f(x)", "-a,(b"})
        EXPECT_EQ(csv_verdict(good), Reason::none) << good;
}

TEST(VerifyText, RefusesMoreThanTheLimit) {
    Limits limits;
    limits.bytes_out = 3;
    const MemorySource source(as_view("abcd"));
    EXPECT_FALSE(verify::text(source, limits));
}

} // namespace sekisho
