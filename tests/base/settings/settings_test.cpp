#include "base/settings/settings.h"

#include <gtest/gtest.h>

using namespace sekisho;

namespace {

using enum SettingKind;

constexpr SettingRow rows[] = {
    {"cache.size", number, "", 100, 10, 1000, "bytes", "size", "大きさ"},
    {"cache.hours", number, "", 2, 1, 48, "hours", "time", "時間"},
    {"cache.quick", flag, "", 1, 0, 1, "", "quick", "速い"},
    {"place.folder", path, "/tmp", 0, 1, 64, "", "folder", "場所"},
    {"place.peer", endpoint, "", 0, 0, 64, "", "peer", "相手"},
};
constexpr SettingRow columns[] = {
    {"name", name, "", 0, 1, 8, "", "name", "名前", true},
    {"address", address, "::1", 0, 0, 64, "", "address", "アドレス"},
};

Result<LoadedSettings> parse(const std::string& content) {
    return parse_settings(content, "x.toml", {rows, "zone", columns, 0, 2});
}

// "code where: message / help", for one comparison.
std::string problem(const std::string& content) {
    const auto parsed = parse(content);
    if (parsed) return "accepted";
    const Error& error = parsed.error();
    return error.code + " " + error.where + ": " + error.message + (error.help.empty() ? "" : " / " + error.help);
}

} // namespace

TEST(Settings, DefaultsWhereNothingIsSaid) {
    const auto parsed = parse("");
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->values.number("cache.size"), 100U);
    EXPECT_TRUE(parsed->values.flag("cache.quick"));
    EXPECT_EQ(parsed->values.text("place.folder"), "/tmp");
    EXPECT_TRUE(parsed->entries.empty());
}

TEST(Settings, ValuesInEverySpelling) {
    const auto parsed = parse("cache.size = 0x20\n[cache.inner]\n");
    EXPECT_FALSE(parsed);
    const auto good = parse("[cache]\nsize = \"1 kB\"\nhours = \"2 d\"\nquick = false\n"
                            "[place]\nfolder = '/var/\u30c6\u30b9\u30c8'\npeer = \"[::1]:6514\"\n"
                            "[[zone]]\nname = \"a\"\n[[zone]]\nname = \"b-2\"\naddress = \"192.0.2.1\"\n");
    ASSERT_TRUE(good) << to_line(good.error());
    EXPECT_EQ(good->values.number("cache.size"), 1000U);
    EXPECT_EQ(good->values.number("cache.hours"), 48U);
    EXPECT_FALSE(good->values.flag("cache.quick"));
    ASSERT_EQ(good->entries.size(), 2U);
    EXPECT_EQ(good->entries[1].text("address"), "192.0.2.1");
}

TEST(Settings, ErrorsSayWhereAndWhat) {
    EXPECT_EQ(problem("[cache]\nsise = 20\n"),
              "settings.unknown x.toml:2:1: there is no setting \"cache.sise\" / did you mean \"cache.size\"?");
    EXPECT_EQ(problem("[cahce]\nsize = 20\n"),
              "settings.unknown x.toml:1:2: there is no setting \"cahce\" / did you mean \"cache\"?");
    EXPECT_EQ(problem("\n[cache]\nsize = 5\n"),
              "settings.value x.toml:3:8: \"cache.size\": 10 to 1000 bytes are allowed");
    EXPECT_EQ(problem("cache.size = -1"),
              "settings.value x.toml:1:14: \"cache.size\": a number of at least 0 is expected");
    EXPECT_EQ(problem("cache.size = true"),
              "settings.value x.toml:1:14: \"cache.size\": a number is expected, not true or false");
    EXPECT_EQ(problem("cache.size = \"3 h\""),
              "settings.value x.toml:1:14: \"cache.size\": the unit \"h\" does not fit bytes");
    EXPECT_EQ(problem("cache.hours = \"90 min\""),
              "settings.value x.toml:1:15: \"cache.hours\": \"90 min\" is no whole number of hours");
    EXPECT_EQ(problem("cache = 3"), "settings.value x.toml:1:1: \"cache\" has values of its own: [cache]");
    EXPECT_TRUE(problem("cache.size = ").starts_with("settings.syntax x.toml:1:"));
    EXPECT_TRUE(problem("cache.size = 20\ncache.size = 30").starts_with("settings.syntax x.toml:2:"));
}

TEST(Settings, PathsAndPeersAreChecked) {
    for (const char* bad : {"relative", "", "/a/../b", "/a/.."})
        EXPECT_TRUE(problem("place.folder = \"" + std::string(bad) + "\"").starts_with("settings.value")) << bad;
    for (const char* bad : {"host", "host:", "host:0", "host:65536", ":514", "a b:514", "http://x:1", "::1:514"})
        EXPECT_TRUE(problem("place.peer = \"" + std::string(bad) + "\"").starts_with("settings.value")) << bad;
    EXPECT_EQ(problem("place.peer = \"log.example:6514\""), "accepted");
}

TEST(Settings, ListsAreBoundedAndTheirColumnsChecked) {
    EXPECT_TRUE(problem("[[zone]]\n").starts_with("settings.missing"));
    EXPECT_TRUE(problem("[[zone]]\nname = \"Upper\"\n").starts_with("settings.value"));
    EXPECT_TRUE(problem("[[zone]]\nname = \"longer-than-8\"\n").starts_with("settings.value"));
    EXPECT_TRUE(problem("[[zone]]\nname=\"a\"\naddress=\"1.2.3\"\n").starts_with("settings.value"));
    EXPECT_TRUE(
        problem("[[zone]]\nname=\"a\"\n[[zone]]\nname=\"b\"\n[[zone]]\nname=\"c\"\n").starts_with("settings.range"));
    EXPECT_TRUE(problem("[zone]\nname = \"a\"\n").starts_with("settings.value"));
}

// The parser recurses and copies: what would hurt it must not reach it.
TEST(Settings, HostileShapesNeverReachTheParser) {
    EXPECT_TRUE(problem("a = " + std::string(100'000, '[')).starts_with("settings.shape"));
    EXPECT_TRUE(problem("a = " + std::string(17, '{')).starts_with("settings.shape"));
    std::string dotted = "a";
    for (int i = 0; i < 16; ++i) dotted += ".a";
    EXPECT_TRUE(problem(dotted + " = 1").starts_with("settings.shape"));
    EXPECT_TRUE(problem("# " + std::string(5000, 'x')).starts_with("settings.shape"));
    EXPECT_TRUE(problem(std::string(2 << 20, '\n')).starts_with("settings.shape"));
    EXPECT_TRUE(problem(std::string("a = \"\x01\"")).starts_with("settings.shape"));
    EXPECT_EQ(problem("# " + std::string(100, '[')), "accepted");
    EXPECT_EQ(problem("place.folder = '/" + std::string(40, '[') + "'"), "accepted");
    EXPECT_EQ(problem("place.folder = \"\"\"/\\\"[[[[[[[[[[[[[[[[[[[[[\"\"\""), "accepted");
    EXPECT_TRUE(problem("place.folder = \"\xff\xfe\"").starts_with("settings.syntax"));
}
