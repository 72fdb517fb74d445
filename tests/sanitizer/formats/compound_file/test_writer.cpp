#include <array>

#include <gtest/gtest.h>

#include "sanitizer/formats/compound_file/compound_file.h"
#include "sanitizer/formats/compound_file/writer.h"

namespace sekisho {

// 8 MB need one sector beyond the header to list the tables, 17 MB two.
TEST(CompoundFileWriter, WhatItWritesIsReadBack) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{4096}, std::size_t{8} << 20, std::size_t{17} << 20}) {
        const Bytes one(size, 1), two(5000, 2), three(4097, 3);
        const std::array streams{NamedStream{"Short", one}, NamedStream{"Longer", two}, NamedStream{"Longest", three}};
        const Bytes file = write_compound_file(streams);
        Budget budget{Limits{}};
        const MemorySource source(file);
        const auto opened = CompoundFile::open(source, budget);
        ASSERT_TRUE(opened) << size << ' ' << to_line(opened.error());
        EXPECT_EQ(opened->count(), 4U);
        for (const NamedStream& stream : streams) {
            const auto index = opened->child(CompoundFile::root, stream.name);
            ASSERT_TRUE(index) << stream.name;
            auto content = opened->read(*index);
            ASSERT_TRUE(content);
            EXPECT_EQ(content->size(), std::max(stream.content.size(), std::size_t{4096}));
            content->resize(stream.content.size());
            EXPECT_TRUE(std::ranges::equal(*content, stream.content)) << stream.name << ' ' << size;
        }
    }
}

} // namespace sekisho
