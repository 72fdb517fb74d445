#include "sanitizer/formats/binhex/binhex.h"

#include <gtest/gtest.h>

#include "tests/sanitizer/formats/binhex/builder.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::Bench;
using tests::binhex_characters;
using tests::binhex_comment;
using tests::binhex_file;
using tests::binhex_forks;
using tests::binhex_runs;

// Stands for the formats: everything passes as text.
Result<Type> pass(const Source& in, Sink& out, std::string_view, Context&) {
    TRY(out.write(TRY(in.whole(in.size()))));
    return Type::text;
}

struct Unpacked {
    std::string outcome; // what was packed, or the code of the refusal
    bool encoded = false, hidden = false;
};

Unpacked unpacked(std::string_view text, const Limits& limits = {}) {
    Bench bench(Level::rebuild, limits, pass);
    const auto type = bench.run(binhex::unpack, Type::binhex, as_view(text));
    return {type ? std::string(as_text(bench.out.bytes())) : type.error().code, bench.found(Finding::mail_encoded),
            bench.found(Finding::zip_hidden_data)};
}

} // namespace

// M02
TEST(BinHex, WhatIsPackedIsDelivered) {
    const std::string data = "住民票\x90\x90\x90 ====\n";
    const Unpacked done = unpacked(binhex_file("a.txt", data));
    EXPECT_EQ(done.outcome, data);
    EXPECT_TRUE(done.encoded);
    EXPECT_FALSE(done.hidden);
}

TEST(BinHex, TheResourceForkGoes) {
    const Unpacked done = unpacked(binhex_file("a.txt", "data", "resources"));
    EXPECT_EQ(done.outcome, "data");
    EXPECT_TRUE(done.hidden);
}

TEST(BinHex, DamagedOnesAreRefused) {
    const std::string comment(binhex_comment), good = binhex_file("a.txt", "hello world, hello");
    const auto forks = [](std::size_t changed) {
        Bytes bytes = binhex_forks("a.txt", "data", "resources");
        bytes[changed] ^= 1;
        return std::string(binhex_comment) + binhex_characters(bytes);
    };
    std::string foreign = good;
    foreign.insert(good.rfind(':'), "~");
    const struct {
        const char* damage;
        std::string text, code;
    } rows[] = {
        {"a character that stands for nothing, behind the last fork", foreign, "input.damaged"},
        {"no colon at the start of a line",
         comment.substr(0, comment.find(" 4.0")) + binhex_characters(binhex_forks("a.txt", "data")), "input.damaged"},
        {"the header's checksum", forks(0), "input.damaged"},
        {"the name", forks(1), "input.damaged"},
        {"the data", forks(27), "input.damaged"},
        {"the resource fork", forks(33), "input.damaged"},
        {"a run of nothing", comment + binhex_characters(Bytes{0x90, 5}), "input.damaged"},
        {"a run without its count", comment + binhex_characters(Bytes{'a', 'a', 0x90}), "input.short"},
        {"no colon at the end", good.substr(0, good.rfind(':')), "input.short"},
        {"cut within a fork", comment + binhex_characters(View(binhex_forks("a.txt", "data")).first(28)),
         "input.short"},
        {"nothing", comment + binhex_characters({}), "input.short"},
    };
    for (const auto& [damage, text, code] : rows) EXPECT_EQ(unpacked(text).outcome, code) << damage;
}

TEST(BinHex, LimitsAreVerdicts) {
    const std::string data(4000, 'a'), packed = binhex_file("a.txt", data);
    ASSERT_LT(packed.size(), 400U) << "it has no runs";
    Limits limits;
    limits.bytes_in_memory = 10'000;
    EXPECT_EQ(unpacked(packed, limits).outcome, data);
    limits.bytes_in_memory = 1000;
    EXPECT_EQ(unpacked(packed, limits).outcome, "limit.memory") << "unpacked";
    const std::string other = binhex_file("a.txt", "no runs");
    limits.bytes_in_memory = 2 * other.size();
    EXPECT_EQ(unpacked(other, limits).outcome, "no runs");
    --limits.bytes_in_memory;
    EXPECT_EQ(unpacked(other, limits).outcome, "limit.memory") << "as it came";
    limits = {};
    limits.bytes_unpacked = 1000;
    EXPECT_EQ(unpacked(packed, limits).outcome, "limit.bytes");
}

} // namespace sekisho
