// Does the language read what an officer may reasonably write?
#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "policy/engine/engine.h"
#include "policy/language/diagnostic.h"
#include "policy/language/keywords.h"
#include "policy/language/nearest.h"
#include "policy/language/parser.h"
#include "policy/language/unicode.h"
#include "tests/policy/vocabulary.h"

namespace sekisho::policy {

namespace {

Tree parsed(std::string_view text) {
    Problems problems;
    const Source source("test", text);
    Tree tree = parse(source, problems);
    EXPECT_EQ(render(problems.take(), source, Language::english), "");
    return tree;
}

TEST(Parser, ReadsEveryStatement) {
    const Tree tree = parsed(R"(policy "霞市" version 42 valid 2026-04-01 .. 2027-03-31
zone internet, lgwan, mynumber
types office = docx xlsx pptx pdf 7z
types 添付 = office, csv   # Japanese names are names
group tax = dept "税務課", "収納課", user "tanaka", staff, role "課長"
group staff = user "sato"
allow "R-010 申請書の受領"
  from internet to lgwan
  when type in office and size <= 50MB and user in tax and hours in 08:30..19:00
  require flatten, approve 2 by tax in mynumber, approve 1 by staff, keep 30 days
  reason "住民からの「申請書」を受け取る"  ref "guideline 3.2"
forbid "F-001"  from any to any  when not (type is pdf or archive.depth > 3) and findings has "x.y"  reason "y"
)");
    ASSERT_TRUE(tree.header && tree.zones);
    EXPECT_EQ(tree.header->title.text, "霞市");
    EXPECT_EQ(tree.header->version, 42U);
    EXPECT_EQ(tree.header->valid->until - tree.header->valid->from, 364U);
    EXPECT_EQ(tree.zones->names.size(), 3U);
    EXPECT_EQ(tree.type_groups[0].members[4].text, "7z");
    EXPECT_EQ(tree.type_groups[1].name.text, "添付");
    ASSERT_EQ(tree.groups[0].members.size(), 5U);
    EXPECT_EQ(tree.groups[0].members[1].kind, GroupMember::Kind::account_group);
    EXPECT_EQ(tree.groups[0].members[2].kind, GroupMember::Kind::user);
    EXPECT_EQ(tree.groups[0].members[3].kind, GroupMember::Kind::group);
    const Rule& rule = tree.rules.at(0);
    EXPECT_EQ(rule.id.text, "R-010");
    EXPECT_EQ(rule.title, "申請書の受領");
    EXPECT_EQ(rule.when->children.size(), 4U);
    EXPECT_EQ(rule.when->children[1].operands[0].first, 50'000'000U);
    EXPECT_EQ(rule.when->children[3].operands[0].last, 19U * 60);
    EXPECT_EQ(rule.obligations.strictness, Strictness::flatten);
    EXPECT_EQ(rule.obligations.approvals[0].zone->text, "mynumber");
    EXPECT_EQ(rule.obligations.keep_days, 30U);
    EXPECT_EQ(rule.reference.text, "guideline 3.2");
    EXPECT_EQ(tree.rules.at(1).kind, RuleKind::forbid);
}

TEST(Parser, ReadsEveryUnit) {
    for (const Unit& unit : all_units()) {
        const Tree tree = parsed("allow \"R-1\" from a to b when size < 3" + std::string(unit.name) + " reason \"x\"");
        EXPECT_EQ(tree.rules.at(0).when->operands[0].first, 3 * unit.bytes) << unit.name;
    }
}

TEST(Parser, TakesClausesInAnyOrderAndUnindented) {
    const Tree tree = parsed("allow \"R-1\"\nreason \"x\"\nto b\nfrom a\nwhen size < 1MB\nand size > 2KB\n");
    EXPECT_EQ(tree.rules.at(0).from.text, "a");
    EXPECT_EQ(tree.rules.at(0).when->children.size(), 2U);
}

TEST(Parser, ReadsWhatNotepadWrites) {
    const Tree tree = parsed("\xEF\xBB\xBFzone a, b\r\ntypes t = pdf\r\n\r\n# end");
    EXPECT_EQ(tree.zones->names.size(), 2U);
    EXPECT_EQ(tree.type_groups.size(), 1U);
}

TEST(Parser, ReadsNothingAsNothing) {
    EXPECT_TRUE(parsed("").rules.empty());
    EXPECT_TRUE(parsed("\n # only words\n\n").rules.empty());
}

TEST(Unicode, DecodesStrictly) {
    for (const std::string_view bad :
         {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5", "\x80", "\xE3\x81"})
        EXPECT_FALSE(character_at(bad, 0).valid);
    EXPECT_EQ(character_at("あ", 0).code, U'あ');
    EXPECT_EQ(character_at("𠮷", 0).size, 4U);
}

TEST(Unicode, CountsTerminalCells) {
    const auto cells = [](std::string_view text) {
        return Source("", text).position(static_cast<std::uint32_t>(text.size())).column - 1;
    };
    EXPECT_EQ(cells("abc"), 3U);
    EXPECT_EQ(cells("税務課"), 6U);
    EXPECT_EQ(cells("ｱ"), 1U);
    EXPECT_EQ(cells("か\u3099"), 2U);
    EXPECT_EQ(cells("a\tb"), 5U);
}

TEST(Unicode, KnowsComposedForm) {
    EXPECT_TRUE(is_composed("ガ税abc"));
    EXPECT_FALSE(is_composed("カ\u3099"));
    EXPECT_FALSE(is_composed("\xFF"));
}

TEST(Nearest, FindsTypingErrorsAndNothingElse) {
    const std::vector<std::string_view> names{"office", "picture", "pdf", "税務課"};
    EXPECT_EQ(nearest("offcie", names), "office");
    EXPECT_EQ(nearest("Office", names), "office");
    EXPECT_EQ(nearest("pfd", names), "pdf");
    EXPECT_EQ(nearest("税務か", names), "税務課");
    EXPECT_EQ(nearest("spreadsheet", names), "");
    EXPECT_EQ(nearest("x", names), "");
}

TEST(Diagnostics, CodesAreUniqueAndTextsWholeInBothLanguages) {
    std::set<std::string_view> codes;
    for (const ProblemRow& row : all_problems()) {
        EXPECT_TRUE(codes.insert(row.code).second) << row.code;
        EXPECT_FALSE(row.english.empty() || row.japanese.empty()) << row.code;
        EXPECT_EQ(row.help_english.empty(), row.help_japanese.empty()) << row.code;
        for (const std::string_view hole : {"{0}", "{1}", "{2}"}) {
            const auto has = [&](std::string_view text) { return text.find(hole) != std::string_view::npos; };
            EXPECT_EQ(has(row.english), has(row.japanese)) << row.code;
            EXPECT_EQ(has(row.help_english), has(row.help_japanese)) << row.code;
        }
    }
}

std::string manual() {
    std::ifstream stream(SEKISHO_SOURCE_DIR "/policy/sekisho-policy.5.scd");
    return {std::istreambuf_iterator<char>(stream), {}};
}

TEST(Manual, ShowsAnExampleThatLoads) {
    const std::string text = manual();
    const std::size_t begin = text.find("```") + 4;
    const std::string example = text.substr(begin, text.find("```", begin) - begin);
    const auto policy = Policy::load(example, tests::vocabulary());
    if (!policy) FAIL() << render(policy.error(), Source("example", example), Language::english);
    EXPECT_EQ(policy->name(), "霞市");
}

TEST(Manual, NamesEveryKeywordUnitAndProblem) {
    const std::string text = manual();
    for (const Keyword& keyword : all_keywords())
        EXPECT_THAT(text, testing::HasSubstr("*" + std::string(keyword.word) + "*"));
    for (const Unit& unit : all_units()) EXPECT_THAT(text, testing::HasSubstr(std::string(unit.name)));
    for (const ProblemRow& row : all_problems())
        EXPECT_THAT(text, testing::HasSubstr("*" + std::string(row.code) + "*"));
}

} // namespace

} // namespace sekisho::policy
