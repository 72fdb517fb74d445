// Text that formats read whole: pages, XML and parts of mails.
#include <gtest/gtest.h>

#include "sanitizer/formats/text/text.h"
#include "sanitizer/formats/text/whole.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

// The codes of the findings, or of the refusal.
std::string told(std::string_view input, std::string_view label, const Limits& limits = {}) {
    tests::Bench bench(Level::rebuild, limits);
    const auto whole = text::read_whole(MemorySource(as_view(input)), label, bench.context.budget());
    if (!whole) return whole.error().code;
    text::note(bench.context, *whole);
    std::string all;
    for (const Entry& entry : bench.report.entries())
        all += (all.empty() ? "" : " ") + std::string(row_of(entry.finding).code) + "/" +
               std::string(name_of(entry.action));
    return all;
}

} // namespace

TEST(TextWhole, WhatWasCleanedIsTold) {
    EXPECT_EQ(told("住民票", "utf-8"), "");
    EXPECT_EQ(told("a\x01", "utf-8"), "text.control/removed");
    EXPECT_EQ(told("a\u202e", "utf-8"), "text.bidi/removed");
    EXPECT_EQ(told("a\u200b", "utf-8"), "text.zero-width/kept");
    EXPECT_EQ(told("\x8f\x5a\x96\xaf", "shift_jis"), "text.charset/converted");
}

TEST(TextWhole, WhatIsNoTextIsRefused) {
    EXPECT_EQ(told(std::string_view("a\0b", 3), "utf-8"), "text.binary");
    EXPECT_EQ(told("\xFF\xFF\xFF", "utf-8"), "text.charset");
    Limits limits;
    limits.bytes_in_memory = 8;
    EXPECT_EQ(told("abcd", "utf-8", limits), "");
    EXPECT_EQ(told("abcde", "utf-8", limits), "limit.memory");
}

} // namespace sekisho
