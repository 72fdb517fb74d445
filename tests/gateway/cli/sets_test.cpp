// Which inputs of one call belong together?
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "gateway/cli/sanitize/password_file.h"
#include "gateway/cli/sanitize/sets.h"

namespace sekisho::cli {

namespace {

namespace fs = std::filesystem;

class Sets : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "sekisho-sets-XXXXXX").string();
        ASSERT_TRUE(mkdtemp(pattern.data()));
        folder = pattern;
    }
    void TearDown() override { fs::remove_all(folder); }

    // Writes the files and joins them: "name" or "name<part+part" each, blank between.
    std::string joined(const std::vector<std::string>& names, const std::string& content = "7z\xbc\xaf\x27\x1c") {
        std::vector<Input> inputs;
        for (const std::string& name : names) {
            const fs::path path = fs::path(folder) / name;
            fs::create_directories(path.parent_path());
            std::ofstream(path) << content;
            inputs.push_back({path.string(), name});
        }
        std::string text;
        for (const Input& input : join_sets(std::move(inputs))) {
            text += (text.empty() ? "" : " ") + input.relative;
            for (std::size_t i = 0; i < input.parts.size(); ++i)
                text += (i == 0 ? "<" : "+") + fs::path(input.parts[i]).filename().string();
        }
        return text;
    }
    std::string folder;
};

} // namespace

TEST_F(Sets, PartsInOneFolderAreOneInput) {
    EXPECT_EQ(joined({"a.7z.002", "b.txt", "a.7z.001"}), "b.txt a.7z<a.7z.001+a.7z.002");
    EXPECT_EQ(joined({"a.zip", "a.z02", "a.z01"}), "a.zip<a.z01+a.z02+a.zip");
    EXPECT_EQ(joined({"A.ZIP", "a.z01"}), "a.zip<a.z01+A.ZIP");
    EXPECT_EQ(joined({"a.part2.rar", "a.part1.rar"}), "a.rar<a.part1.rar+a.part2.rar");
    EXPECT_EQ(joined({"a.rar", "a.r00", "a.r01"}), "a.rar<a.rar+a.r00+a.r01");
    EXPECT_EQ(joined({"d/a.7z.001", "d/a.7z.002"}), "d/a.7z<a.7z.001+a.7z.002");
}

TEST_F(Sets, WhatIsNotCompleteStaysApart) {
    EXPECT_EQ(joined({"a.7z.001"}), "a.7z.001");
    EXPECT_EQ(joined({"a.7z.001", "a.7z.003"}), "a.7z.001 a.7z.003");
    EXPECT_EQ(joined({"a.7z.002", "a.7z.003"}), "a.7z.002 a.7z.003");
    EXPECT_EQ(joined({"a.z01", "a.z02"}), "a.z01 a.z02");
    EXPECT_EQ(joined({"a.r00", "b.rar"}), "a.r00 b.rar");
    EXPECT_EQ(joined({"d/a.7z.001", "e/a.7z.002"}), "d/a.7z.001 e/a.7z.002");
    EXPECT_EQ(joined({"a.zip", "b.zip"}), "a.zip b.zip");
}

TEST_F(Sets, NumberedFilesThatAreNoArchiveStayApart) {
    EXPECT_EQ(joined({"day.001", "day.002"}, "hello"), "day.001 day.002");
}

TEST_F(Sets, PasswordsAreBounded) {
    const auto read = [&](const std::string& content) {
        const std::string path = folder + "/passwords";
        std::ofstream(path) << content;
        return passwords_of_file(path);
    };
    EXPECT_EQ(*read("\xef\xbb\xbfone\r\n\r\n two \nひみつ"), (std::vector<std::string>{"one", " two ", "ひみつ"}));
    EXPECT_TRUE(read(std::string(128, 'a')));
    EXPECT_EQ(read(std::string(129, 'a')).error().code, "usage");
    EXPECT_TRUE(read("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n"));
    EXPECT_EQ(read("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n").error().code, "usage");
}

} // namespace sekisho::cli
