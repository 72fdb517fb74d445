// One way to write a manifest, and exactly the files that it names.
#include <gtest/gtest.h>

#include "policy/sign/bundle.h"

namespace sekisho::tests {

using sign::Manifest;
using sign::NamedText;

Manifest sample() {
    Manifest manifest;
    manifest.title = "霞市の標準ポリシー";
    manifest.version = 42;
    manifest.valid = sign::parse_days("2026-04-01..2027-03-31");
    manifest.previous = sha256(as_view("before"));
    manifest.author = "k.sato";
    manifest.reason = "年度更新";
    manifest.main = "policy.sekisho";
    manifest.files = *sign::describe({{"policy.sekisho", "policy"}, {"groups.sekisho", "groups"}});
    return manifest;
}

TEST(Manifest, IsReadBack) {
    Manifest manifest = sample();
    EXPECT_EQ(*Manifest::parse(manifest.text()), manifest);
    manifest.act = sign::Act::rollback;
    manifest.valid.reset();
    manifest.previous.reset();
    manifest.reason.clear();
    EXPECT_EQ(*Manifest::parse(manifest.text()), manifest);
}

TEST(Manifest, HasOneForm) {
    const std::string text = sample().text();
    const auto replaced = [&](std::string_view from, std::string_view to) {
        std::string changed = text;
        changed.replace(changed.find(from), from.size(), to);
        return changed;
    };
    for (const std::string& other : {
             text.substr(0, text.size() - 1),
             text + "\n",
             text + " ",
             replaced("version 42", "version 042"),
             replaced("version 42", "version  42"),
             replaced("version 42\n", "version 42\nversion 42\n"),
             replaced("act activate", "act anything"),
             replaced("\nact", "\r\nact"),
             replaced("k.sato", "K.Sato"),
             replaced("2026-04-01..", "2026-4-01.."),
             replaced("previous ", "previous A"),
             replaced("main policy", "main other"),
             replaced("title 霞", "title \xff"),
             replaced("title 霞", "title \x1b[2J"),
             replaced("manifest 1", "manifest 2"),
             replaced("groups.sekisho", "../groups.sekisho"),
             replaced("groups.sekisho", "zroups.sekisho"),
             replaced("author", "writer"),
             std::string(),
             std::string("\n"),
             std::string(200'000, 'x'),
         })
        EXPECT_EQ(Manifest::parse(other).error().code, "P0921") << other.substr(0, 300);
}

TEST(Manifest, NamesEveryFile) {
    const Manifest manifest = sample();
    const NamedText policy{"policy.sekisho", "policy"}, groups{"groups.sekisho", "groups"};
    EXPECT_TRUE(sign::check_files(manifest, {policy, groups}));
    EXPECT_TRUE(sign::check_files(manifest, {groups, policy}));
    for (const std::vector<NamedText>& files :
         std::vector<std::vector<NamedText>>{{},
                                             {policy},
                                             {policy, groups, groups},
                                             {policy, groups, {"more.sekisho", ""}},
                                             {policy, {"groups.sekisho", "groupz"}},
                                             {policy, {"groups.sekish0", "groups"}}})
        EXPECT_EQ(sign::check_files(manifest, files).error().code, "P0922");
    EXPECT_EQ(sign::check_files(manifest, {policy, {"groups.sekisho", "x"}}).error().where, "groups.sekisho");
}

TEST(Manifest, RefusesWhatItCannotWrite) {
    EXPECT_TRUE(sample().check());
    const auto problem = [](auto change) {
        Manifest manifest = sample();
        change(manifest);
        return manifest.check().error().where;
    };
    EXPECT_EQ(problem([](Manifest& m) { m.title = "a\nversion 1"; }), "title");
    EXPECT_EQ(problem([](Manifest& m) { m.title.clear(); }), "title");
    EXPECT_EQ(problem([](Manifest& m) { m.reason = "a\u2028b"; }), "reason");
    EXPECT_EQ(problem([](Manifest& m) { m.author = "Sato"; }), "author");
    EXPECT_EQ(problem([](Manifest& m) { m.files.clear(); }), "files");
    EXPECT_EQ(problem([](Manifest& m) { m.files.push_back(m.files[0]); }), "file");
    EXPECT_EQ(problem([](Manifest& m) { m.main = "x"; }), "main");
    EXPECT_FALSE(sign::describe({{"a/b", ""}}));
    EXPECT_FALSE(sign::describe({{"..", ""}}));
    EXPECT_FALSE(sign::describe({{"a", std::string((1 << 20) + 1, 'x')}}));
}

TEST(Bundle, IsReadBackAndEveryCutIsRefused) {
    const sign::Bundle bundle{{{"policy.sekisho", "policy"}, {"groups.sekisho", ""}}, "manifest", "signatures"};
    const Bytes octets = bundle.encode();
    const auto read = sign::Bundle::decode(octets);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->encode(), octets);
    EXPECT_EQ(read->files[1].name, "groups.sekisho");
    const std::size_t whole_file = octets.size() - 4 - 14 - 4; // without the second file it is a bundle, too
    for (std::size_t size = 0; size < octets.size(); ++size)
        EXPECT_EQ(sign::Bundle::decode(View(octets).first(size)).has_value(), size == whole_file) << size;
    EXPECT_FALSE(sign::Bundle::decode(Bytes(200)));
    EXPECT_FALSE(sign::Bundle::decode(sign::Bundle{{{"a/b", ""}}, "", ""}.encode()));
}

} // namespace sekisho::tests
