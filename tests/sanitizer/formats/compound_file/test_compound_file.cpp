// L12: tables that loop, overlap or lead nowhere.
#include <unistd.h>

#include <gtest/gtest.h>

#include "sanitizer/formats/compound_file/compound_file.h"
#include "tests/sanitizer/formats/compound_file/builder.h"
#include "tests/support/corpus.h"

namespace sekisho {

namespace {

using tests::storage;
using tests::stream;

// Opens and reads everything; the code of the refusal, or how many streams there were.
std::string opened(View bytes, const Limits& limits = {}) {
    Budget budget(limits);
    const MemorySource source(bytes);
    const auto file = CompoundFile::open(source, budget);
    if (!file) return file.error().code;
    std::size_t streams = 0;
    std::vector<std::uint32_t> waiting{CompoundFile::root};
    while (!waiting.empty()) {
        const auto& entry = file->entry(waiting.back());
        waiting.pop_back();
        for (const std::uint32_t child : entry.children) {
            if (file->entry(child).storage) {
                waiting.push_back(child);
                continue;
            }
            const auto content = file->read(child);
            if (!content) return content.error().code;
            ++streams;
        }
    }
    return std::to_string(streams);
}

const Bytes large(10'000, 7), small(100, 8);

Bytes sample() {
    return tests::ole_file({stream("big", large), stream("small", small), storage("dir", {stream("inner", small)})});
}

void put(Bytes& bytes, std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
}

} // namespace

TEST(CompoundFileTest, ReadsStreamsOfBothKinds) {
    Budget budget(Limits{});
    const Bytes bytes = sample();
    const MemorySource source(bytes);
    const auto file = CompoundFile::open(source, budget);
    ASSERT_TRUE(file);
    EXPECT_EQ(*file->read(*file->child(0, "BIG")), large);
    EXPECT_EQ(*file->read(*file->child(0, "small")), small);
    EXPECT_EQ(*file->read(*file->child(*file->child(0, "dir"), "inner")), small);
    EXPECT_FALSE(file->child(0, "none"));
}

TEST(CompoundFileTest, WhatContradictsItselfIsRefused) {
    const Bytes good = sample();
    EXPECT_EQ(opened(good), "3");
    const std::size_t fat = good.size() - 512;
    Bytes bytes = good;
    put(bytes, fat, 0); // the first stream's chain is a circle
    EXPECT_EQ(opened(bytes), "ole.damaged");
    bytes = good;
    put(bytes, fat + 4, 0xFFFFFFFE); // too short
    EXPECT_EQ(opened(bytes), "ole.damaged");
    bytes = good;
    put(bytes, fat + 4, 100'000); // out of the file
    EXPECT_EQ(opened(bytes), "ole.damaged");
    // Both large streams claim the same sectors.
    bytes = tests::ole_file({stream("a", large), stream("b", large)});
    const std::size_t directory = bytes.size() - 1024;
    put(bytes, directory + 2 * 128 + 116, 0);
    EXPECT_EQ(opened(bytes), "ole.damaged");
    // The tree of entries is a circle; two entries have one name.
    bytes = tests::ole_file({stream("a", large), stream("b", large)});
    put(bytes, directory + 2 * 128 + 68, 1);
    EXPECT_EQ(opened(bytes), "ole.damaged");
    EXPECT_EQ(opened(tests::ole_file({stream("A", small), stream("a", small)})), "ole.damaged");
    for (const std::size_t size : {0UL, 100UL, 512UL, 600UL}) EXPECT_NE(opened(View(good).first(size)), "3");
    EXPECT_EQ(opened(View()), "ole.damaged");
}

TEST(CompoundFileTest, AStorageHasNoBytes) {
    Budget budget(Limits{});
    const Bytes bytes = sample();
    const MemorySource source(bytes);
    const auto file = CompoundFile::open(source, budget);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->read(*file->child(0, "dir")).error().code, "ole.damaged");
    EXPECT_EQ(file->read(CompoundFile::root).error().code, "ole.damaged"); // it has the size of all small streams
}

TEST(CompoundFileTest, LimitsAreVerdicts) {
    Limits limits;
    limits.bytes_in_memory = large.size();
    EXPECT_EQ(opened(sample(), limits), "3");
    limits.bytes_in_memory = large.size() - 1;
    EXPECT_EQ(opened(sample(), limits), "limit.memory") << "a stream";
    limits.bytes_in_memory = 512;
    const Bytes bytes = sample();
    const MemorySource source(bytes);
    Budget budget(limits);
    EXPECT_EQ(CompoundFile::open(source, budget).error().code, "limit.memory") << "the directory";
    limits = {};
    limits.bytes_unpacked = large.size();
    EXPECT_EQ(opened(sample(), limits), "limit.bytes");
    limits = {};
    limits.members = 8;
    EXPECT_EQ(opened(sample(), limits), "3");
    limits.members = 7;
    EXPECT_EQ(opened(sample(), limits), "limit.members") << "entries that nothing leads to count";
}

// Its tables alone would take more than a worker has.
TEST(CompoundFileTest, AFileOfMoreThanFourGigabytesIsRefused) {
    const auto code_of = [](off_t size) {
        auto file = make_memory_file("large");
        EXPECT_TRUE(file && write_all(*file, sample()));
        EXPECT_EQ(ftruncate(file->get(), size), 0); // a hole
        const auto source = FileSource::of(std::move(*file));
        EXPECT_TRUE(source);
        Budget budget(Limits{});
        const auto opened = CompoundFile::open(*source, budget);
        return opened ? "" : opened.error().code;
    };
    EXPECT_EQ(code_of(4LL << 30), "");
    EXPECT_EQ(code_of((4LL << 30) + 1), "limit.bytes");
}

TEST(CompoundFileTest, EveryBrokenByteEnds) {
    const Bytes good = sample();
    for (std::size_t at = 0; at < good.size(); at += at < 512 || at + 3000 > good.size() ? 1 : 97) {
        for (const char value : {char{0}, char{1}, char{-1}}) {
            Bytes bytes = good;
            bytes[at] = static_cast<std::uint8_t>(value);
            opened(bytes);
        }
    }
}

TEST(CompoundFileTest, Corpus) {
    for (const char* extension : {".msg", ".doc", ".xls", ".ppt", ".vsd", ".pub"})
        for (const std::string& path : tests::corpus_files(extension)) {
            const Bytes bytes = tests::read_whole(path);
            if (!starts_with(bytes, "\xd0\xcf\x11\xe0")) continue;
            printf("%-14s %s\n", opened(bytes).c_str(), path.substr(path.rfind('/') + 1).c_str());
        }
}

} // namespace sekisho
