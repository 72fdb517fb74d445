// Does formatting change only lines and spaces, and does a policy survive being written out and read again?
#include <filesystem>
#include <fstream>
#include <iterator>

#include "policy/language/format.h"
#include "policy/language/lexer.h"
#include "policy/language/parser.h"
#include "tests/policy/engine/generator.h"
#include "tests/policy/print.h"

namespace sekisho::policy {

namespace {

std::string formatted(std::string_view text) {
    const auto result = format(Source("test", text));
    if (result) return *result;
    ADD_FAILURE() << render(result.error(), Source("test", text), Language::english) << text;
    return {};
}

std::string printed(std::string_view text) {
    Problems problems;
    const Source source("test", text);
    const Tree tree = parse(source, problems);
    EXPECT_EQ(render(problems.take(), source, Language::english), "") << text;
    return tests::print(tree);
}

std::vector<std::string> comments_of(std::string_view text) {
    Problems problems;
    std::vector<Span> spans;
    tokenise(Source("test", text), problems, &spans);
    std::vector<std::string> comments;
    for (const Span span : spans) comments.emplace_back(text.substr(span.begin, span.end - span.begin));
    return comments;
}

// Lines are broken and comments put in wherever a policy may have them.
std::string disordered(Generator& random, std::string_view text) {
    Problems problems;
    const Source source("test", text);
    std::string out;
    for (const Token& token : tokenise(source, problems)) {
        const bool first = token.first_of_statement || token.kind == TokenKind::end;
        if (first)
            out += random.below(3) == 0 ? "\n\n\n# 説明\n" : "\n";
        else if (random.below(6) == 0)
            out += random.below(2) == 0 ? " # 注\n\t" : "\n   # 注意\n\n   ";
        else
            out += random.below(4) == 0 ? "   " : " ";
        out += text.substr(token.at.begin, token.at.end - token.at.begin);
    }
    return out + "\n";
}

std::string example(Generator& random) {
    std::string text = "policy \"霞市\" version 3 valid 2026-04-01..2027-03-31\n" + whole(random.rules());
    text += "never \"N-001\" internet reaches mynumber when " + random.condition() +
            " unless flow in specific reason \"n\"\n";
    text += "must \"M-001\" internet reaches lgwan when type is docx and size <= 10MB ref \"g\"\n";
    text +=
        "test \"通る\" given from internet to lgwan type pdf size 1MB findings pdf.launch, ooxml.macro day 2026-05-01 "
        "expect hold level flatten approve 1 by chief keep 30 days\n";
    return text;
}

TEST(Format, ChangesNothingButLinesAndSpaces) {
    Generator random(11);
    for (unsigned round = 0; round < 2000; ++round) {
        const std::string text = disordered(random, example(random));
        const std::string once = formatted(text);
        ASSERT_EQ(formatted(once), once) << text;
        ASSERT_EQ(printed(once), printed(text)) << text << once;
        ASSERT_EQ(comments_of(once), comments_of(text)) << text << once;
        for (std::size_t begin = 0; begin < once.size();) {
            const std::size_t end = once.find('\n', begin);
            ASSERT_LE(end - begin, 400U) << once;
            ASSERT_TRUE(end == begin || (once[end - 1] != ' ')) << once;
            begin = end + 1;
        }
    }
}

TEST(Print, OfWhatWasParsedIsParsedTheSame) {
    Generator random(12);
    for (unsigned round = 0; round < 2000; ++round) {
        const std::string text = example(random);
        const std::string once = printed(text);
        ASSERT_EQ(printed(once), once) << text;
        if (round % 20 != 0) continue;
        const Policy first = loaded(text);
        const Policy second = loaded(once);
        for (unsigned i = 0; i < 30; ++i) {
            const Request asked = random.asked();
            ASSERT_EQ(first.decide(asked), second.decide(asked)) << text << once;
        }
    }
}

TEST(Format, WritesRulesAsTheTutorialDoes) {
    EXPECT_EQ(
        formatted(
            "zone internet,lgwan\ntypes office=docx   xlsx # 文書\n\n\nallow \"R-010 受領\" from internet to lgwan "
            "when type in office and(size<=50MB or user in tax)require rebuild,keep 30 days until 2027-03-31 "
            "reason \"x\" ref \"y\"\n"),
        "zone internet, lgwan\n"
        "types office = docx xlsx  # 文書\n"
        "\n"
        "allow \"R-010 受領\"\n"
        "  from internet to lgwan\n"
        "  when type in office and (size <= 50MB or user in tax)\n"
        "  require rebuild, keep 30 days\n"
        "  until 2027-03-31\n"
        "  reason \"x\"  ref \"y\"\n");
    EXPECT_EQ(formatted("exception \"E-1\" of \"F-1\" from a to b requested by \"x\" approved by \"y\" until "
                        "2026-12-31 reason \"z\""),
              "exception \"E-1\" of \"F-1\"\n"
              "  from a to b\n"
              "  requested by \"x\" approved by \"y\" until 2026-12-31\n"
              "  reason \"z\"\n");
    EXPECT_EQ(formatted("never \"N-1\" from a reaches b when from in a, c unless flow in specific\n"
                        "test \"t\" given from a to b hours 10:00 expect refuse by F-1\n"),
              "never \"N-1\"\n"
              "  from a reaches b\n"
              "  when from in a, c\n"
              "  unless flow in specific\n"
              "test \"t\"\n"
              "  given from a to b hours 10:00\n"
              "  expect refuse by F-1\n");
}

TEST(Format, BreaksLongConditionsBeforeTheirParts) {
    EXPECT_EQ(
        formatted("forbid \"F-1\" from a to b when type in office and size <= 50MB and user in tax-department and "
                  "(hours in 08:30..19:00 or day in workdays) reason \"x\""),
        "forbid \"F-1\"\n"
        "  from a to b\n"
        "  when type in office\n"
        "    and size <= 50MB\n"
        "    and user in tax-department\n"
        "    and (hours in 08:30..19:00 or day in workdays)\n"
        "  reason \"x\"\n");
}

TEST(Format, KeepsCommentsOfEverySize) {
    const std::string head = "zone a, b";
    for (const std::size_t size : {10U, 4070U, 4079U, 4080U, 4081U}) {
        for (const std::string& text :
             {head + " #" + std::string(size, 'x') + "\n", head + "\n  #" + std::string(size, 'x') + "\n  , c\n",
              "types t = pdf #" + std::string(size, 'x') + "\n  docx\n"}) {
            const std::string once = formatted(text);
            EXPECT_EQ(formatted(once), once) << size;
            EXPECT_EQ(comments_of(once), comments_of(text));
        }
    }
}

TEST(Format, LeavesAFileWithProblemsAlone) {
    EXPECT_FALSE(format(Source("test", "zone internet、lgwan\n")));
    EXPECT_EQ(formatted(""), "");
}

TEST(Format, KnowsEveryPolicyThatIsDelivered) {
    for (const auto& entry : std::filesystem::directory_iterator(SEKISHO_SOURCE_DIR "/policy/profiles")) {
        if (entry.path().extension() != ".sekisho") continue;
        std::ifstream stream(entry.path());
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        const std::string once = formatted(text);
        EXPECT_EQ(formatted(once), once) << entry.path();
        EXPECT_EQ(printed(once), printed(text)) << entry.path();
    }
}

} // namespace

} // namespace sekisho::policy
