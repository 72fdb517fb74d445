#include <gtest/gtest.h>

#include "sanitizer/formats/zip_container/zip.h"

namespace sekisho {
namespace {

std::string noise(std::size_t size) {
    std::string made(size, '\0');
    std::uint32_t state = 1;
    for (char& c : made) c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    return made;
}

// The same archive, the streamed members written in pieces of `step` bytes.
Bytes archive(std::size_t step) {
    MemorySink out(1ULL << 30);
    ZipWriter writer(out);
    EXPECT_TRUE(writer.add_directory("資料/"));
    EXPECT_TRUE(writer.add("資料/small.txt", as_view("small small small small small")));
    EXPECT_TRUE(writer.add("noise.bin", as_view(noise(1000))));
    EXPECT_TRUE(writer.add("stored", as_view("aaaaaaaaaaaaaaaa"), ZipWriter::Pack::store));
    EXPECT_TRUE(writer.add("empty", View()));
    for (const auto& [name, pack] :
         {std::pair{"s0", ZipWriter::Pack::store}, {"s1", ZipWriter::Pack::fast}, {"s6", ZipWriter::Pack::normal}}) {
        const std::string content = noise(100'000) + std::string(400'000, 'z') + noise(50'000);
        auto sink = writer.begin_member(name, pack);
        EXPECT_TRUE(sink);
        for (std::size_t at = 0; at < content.size(); at += step)
            EXPECT_TRUE((*sink)->write(std::string_view(content).substr(at, step)));
        EXPECT_TRUE(writer.end_member());
    }
    EXPECT_TRUE(writer.finish());
    return out.take();
}

TEST(ZipWriter, WhatItWritesIsReadBackAndHasNoQuirks) {
    const Bytes bytes = archive(4096);
    Budget budget(Limits{});
    const MemorySource source(bytes);
    auto reader = ZipReader::open(source, budget);
    ASSERT_TRUE(reader);
    EXPECT_FALSE(reader->quirks().bytes_before || reader->quirks().bytes_after || reader->quirks().comment ||
                 reader->quirks().gaps);
    ASSERT_EQ(reader->entries().size(), 8U);
    EXPECT_TRUE(reader->entries()[0].name_is_utf8);
    EXPECT_EQ(reader->entries()[0].kind, ZipEntry::Kind::directory);
    EXPECT_EQ(as_text(*reader->read(*reader->find("資料/small.txt"))), "small small small small small");
    EXPECT_EQ(as_text(*reader->read(*reader->find("noise.bin"))), noise(1000));
    EXPECT_EQ(reader->find("noise.bin")->method, 0);
    EXPECT_EQ(reader->find("stored")->method, 0);
    EXPECT_TRUE(reader->read(*reader->find("empty"))->empty());
    for (const char* name : {"s0", "s1", "s6"})
        EXPECT_EQ(as_text(*reader->read(*reader->find(name))),
                  noise(100'000) + std::string(400'000, 'z') + noise(50'000))
            << name;
}

TEST(ZipWriter, OutputDependsOnContentOnly) {
    const Bytes one = archive(4096);
    EXPECT_EQ(one, archive(4096));
    EXPECT_EQ(one, archive(1));
    EXPECT_EQ(one, archive(1 << 20));
}

TEST(ZipWriter, ManyMembersNeedZip64) {
    MemorySink out(1ULL << 30);
    ZipWriter writer(out);
    for (int i = 0; i < 66'000; ++i) ASSERT_TRUE(writer.add(std::to_string(i), as_view("x"), ZipWriter::Pack::store));
    ASSERT_TRUE(writer.finish());
    Budget budget(Limits{});
    const MemorySource source(out.bytes());
    auto reader = ZipReader::open(source, budget);
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->entries().size(), 66'000U);
    EXPECT_TRUE(reader->read(*reader->find("65999")));
}

TEST(ZipWriter, AnEmptyArchiveIsValid) {
    MemorySink out(100);
    ZipWriter writer(out);
    ASSERT_TRUE(writer.finish());
    Budget budget(Limits{});
    const MemorySource source(out.bytes());
    EXPECT_TRUE(ZipReader::open(source, budget));
}

TEST(ZipWriter, TheSinkLimitIsPassedOn) {
    MemorySink out(50);
    ZipWriter writer(out);
    const auto added = writer.add("name", as_view(noise(1000)));
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().code, "limit.bytes");
}

} // namespace
} // namespace sekisho
