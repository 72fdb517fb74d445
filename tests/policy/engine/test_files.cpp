// A policy of several files: what it means, what it is called, and what may be read for it.
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "policy/engine/compiled.h"
#include "policy/language/read_sources.h"
#include "tests/policy/engine/build.h"

namespace sekisho::policy {

namespace {

std::vector<std::string> codes_of(const Sources& sources) {
    std::vector<std::string> codes;
    const auto policy = Policy::load(sources, tests::vocabulary());
    if (policy) return codes;
    for (const Diagnostic& diagnostic : policy.error()) codes.emplace_back(row_of(diagnostic.problem).code);
    return codes;
}

const Sources parts{{"main.sekisho", "include \"zones.sekisho\"\ninclude \"rules.sekisho\"\n"},
                    {"zones.sekisho", "include \"groups.sekisho\"\nzone internet, lgwan, mynumber\n"},
                    {"groups.sekisho", "group tax = dept \"税務課\"\n"},
                    {"rules.sekisho", "allow \"R-1\" from internet to lgwan when user in tax reason \"-\"\n"}};

TEST(Files, AreOnePolicy) {
    const auto policy = Policy::load(parts, tests::vocabulary());
    ASSERT_TRUE(policy) << render(policy.error(), parts, Language::english);
    EXPECT_EQ(policy->decide(request()).outcome, Outcome::allow);
    EXPECT_EQ(policy->compiled().sources, parts);
    EXPECT_EQ(policy->compiled().rules.at(0).at.file, 3U);
}

// As an officer can check with sha256sum.
TEST(Files, TheDigestIsOfAllOfThemInOneOrder) {
    Sources shuffled = parts;
    std::swap(shuffled[1], shuffled[3]);
    EXPECT_EQ(digest_of(parts), digest_of(shuffled));
    std::string lines;
    for (const std::size_t i : {0U, 2U, 3U, 1U})
        lines += to_hex(sha256(as_view(parts[i].text))) + "  " + parts[i].name + "\n";
    EXPECT_EQ(digest_of(parts), sha256(as_view(lines)));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        Sources other = parts;
        other[i].text += "\n";
        EXPECT_NE(digest_of(parts), digest_of(other));
    }
}

TEST(Files, ThatNobodyIncludesAreRefused) {
    Sources more = parts;
    more.push_back({"more.sekisho", ""});
    EXPECT_EQ(codes_of(more), std::vector<std::string>{"P0406"});
    more.back().name = "rules.sekisho";
    EXPECT_EQ(codes_of(more), std::vector<std::string>{"P0406"});
}

TEST(Files, AreBounded) {
    EXPECT_EQ(codes_of(Sources(65)), std::vector<std::string>{"P0405"});
    Sources large{{"main.sekisho", ""}};
    for (int i = 0; i < 5; ++i) {
        const std::string name = std::to_string(i) + ".sekisho";
        large[0].text += "include \"" + name + "\"\n";
        large.push_back({name, std::string(1 << 20, '\n')});
    }
    EXPECT_EQ(codes_of(large), std::vector<std::string>{"P0407"});
    large.pop_back();
    large[4].text += "\n";
    EXPECT_EQ(codes_of(large), std::vector<std::string>{"P0101"});
    EXPECT_TRUE(codes_of({}).empty());
    EXPECT_TRUE(Policy::load(Sources{}, tests::vocabulary())->zones().empty());
}

class Folder {
public:
    Folder() : m_path(std::filesystem::temp_directory_path() / ("sekisho-policy-" + std::to_string(::getpid()))) {
        std::filesystem::create_directories(m_path);
    }
    ~Folder() { std::filesystem::remove_all(m_path); }
    std::string operator/(const std::string& name) const { return (m_path / name).string(); }
    void write(const std::string& name, const std::string& text) const { std::ofstream(m_path / name) << text; }

private:
    std::filesystem::path m_path;
};

TEST(Reading, FindsWhatIsIncluded) {
    const Folder folder;
    for (const SourceText& part : parts) folder.write(part.name, part.text);
    folder.write("other.sekisho", "not read");
    const auto sources = read_sources(folder / "main.sekisho");
    ASSERT_TRUE(sources) << to_line(sources.error());
    EXPECT_EQ(sources->size(), 4U);
    EXPECT_EQ(digest_of(*sources), digest_of(parts));
    EXPECT_TRUE(codes_of(*sources).empty());
    std::filesystem::remove(folder / "rules.sekisho");
    EXPECT_EQ(codes_of(*read_sources(folder / "main.sekisho")), std::vector<std::string>{"P0402"});
}

TEST(Reading, OpensOnlyOrdinaryFilesOfTheFolder) {
    const Folder folder;
    folder.write("main.sekisho", "include \"a.sekisho\"\n");
    std::filesystem::create_symlink("/etc/passwd", folder / "a.sekisho");
    EXPECT_FALSE(read_sources(folder / "main.sekisho"));
    std::filesystem::remove(folder / "a.sekisho");
    ASSERT_EQ(::mkfifo((folder / "a.sekisho").c_str(), 0600), 0);
    EXPECT_FALSE(read_sources(folder / "main.sekisho")); // and does not wait for somebody to write
    std::filesystem::remove(folder / "a.sekisho");
    std::filesystem::create_directory(folder / "a.sekisho");
    EXPECT_FALSE(read_sources(folder / "main.sekisho"));
    EXPECT_FALSE(read_sources(folder / "nothing.sekisho"));
    EXPECT_FALSE(read_sources(folder / "nowhere/main.sekisho"));
}

TEST(Reading, EndsAtTheLimits) {
    const Folder folder;
    folder.write("main.sekisho", std::string((1 << 20) + 100, '#'));
    EXPECT_EQ(codes_of(*read_sources(folder / "main.sekisho")), std::vector<std::string>{"P0101"});
    std::string text;
    for (int i = 0; i < 100; ++i) {
        text += "include \"f" + std::to_string(i) + ".sekisho\"\n";
        folder.write("f" + std::to_string(i) + ".sekisho", "");
    }
    folder.write("main.sekisho", text);
    EXPECT_EQ(codes_of(*read_sources(folder / "main.sekisho")), std::vector<std::string>{"P0405"});
}

} // namespace

} // namespace sekisho::policy
