// Is every code explained to an officer, with an example as it is shown? docs/policy/errors.ja.md is made from the
// tables of messages and from broken policies; this keeps it true. SEKISHO_UPDATE=1 writes it anew.
#include "tests/policy/verbs/run.h"

#include <cstdlib>
#include <map>
#include <set>

#include "policy/analysis/lint.h"
#include "policy/analysis/load.h"
#include "policy/analysis/test.h"
#include "policy/sign/problem.h"
#include "tests/policy/vocabulary.h"

namespace sekisho::policy::tests {

namespace {

const fs::path page = SEKISHO_SOURCE_DIR "/docs/policy/errors.ja.md";
const fs::path broken = SEKISHO_SOURCE_DIR "/tests/policy/language/broken";
const fs::path examples = SEKISHO_SOURCE_DIR "/tests/policy/verbs/examples";

// What is shown for a code, from the policy that has the fewest other problems.
struct Example {
    std::size_t problems = 0;
    std::string text;
};
using Examples = std::map<std::string, Example, std::less<>>;

std::vector<fs::path> policies_in(const fs::path& folder) {
    std::set<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".sekisho") found.insert(entry.path());
    return {found.begin(), found.end()};
}

void offer(Examples& into, std::string_view code, std::size_t problems, std::string text) {
    const auto [entry, fresh] = into.emplace(code, Example{problems, text});
    if (!fresh && problems < entry->second.problems) entry->second = {problems, std::move(text)};
}

void offer_broken(Examples& into, const fs::path& path) {
    const std::string text = contents(path);
    const auto policy = Policy::load(text, sekisho::tests::vocabulary());
    if (policy) return;
    const Source source("policy.sekisho", text);
    for (const Diagnostic& problem : policy.error())
        offer(into, row_of(problem.problem).code, policy.error().size(), render(problem, source, Language::japanese));
}

void offer_remarks(Examples& into, const fs::path& path) {
    const Sources sources{{"policy.sekisho", contents(path)}};
    const auto policy = Policy::load(sources, sekisho::tests::vocabulary());
    ASSERT_TRUE(policy) << path << render(policy.error(), sources, Language::english);
    Surroundings around;
    around.today = std::chrono::sys_days(std::chrono::year(2026) / 5 / 1);
    around.hits.emplace();
    auto remarks = lint(*policy, around);
    for (auto more : {unproved(*policy), remarks_of(run_tests(*policy)), remarks_of(coverage(*policy)),
                      remarks_of(mutate(*policy))})
        remarks.insert(remarks.end(), more.begin(), more.end());
    for (const Remark& remark : remarks)
        offer(into, row_of(remark.finding).code, remarks.size(), render(remark, sources, Language::japanese));
}

Examples all_examples() {
    Examples found;
    for (const fs::path& path : policies_in(broken)) offer_broken(found, path);
    for (const fs::path& path : policies_in(examples)) offer_remarks(found, path);
    return found;
}

// "{0}" is what the policy has there.
std::string plain(std::string_view pattern) {
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool hole = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
        if (hole) i += 2;
        if (hole)
            out += "〈…〉";
        else
            out += pattern[i];
    }
    return out;
}

std::string entry(std::string_view code, std::string_view message, std::string_view help, const Examples& shown) {
    std::string text = fmt::format("\n### {}\n\n{}。\n", code, plain(message));
    // A help that is all argument says nothing without it.
    if (!help.empty() && plain(help) != "〈…〉") text += fmt::format("\n**対処** {}。\n", plain(help));
    const auto example = shown.find(code);
    if (example != shown.end()) text += fmt::format("\n```\n{}```\n", example->second.text);
    return text;
}

std::string made_page() {
    const Examples shown = all_examples();
    std::string text =
        "# エラーの一覧\n\n"
        "ポリシーのコマンドが示す番号の意味と対処です。番号は変わりません。〈…〉には、そのポリシーの言葉が入ります。\n"
        "この文書は、メッセージの表と、間違いのあるポリシーから作られます。手で書き換えないでください。\n\n"
        "| 番号 | 何の問題か | 見つけるもの |\n|---|---|---|\n"
        "| P01 | 文字と文章 | `check` |\n| P02 | 文の形 | `check` |\n| P03 | 名前と意味 | `check` |\n"
        "| P06 | 証明 | `check`、`prove`、適用 |\n| P07 | 効き目のない記述（警告） | `lint` |\n"
        "| P08 | 試験 | `test` |\n| P09 | 署名と適用 | `sign`、`activate`、起動 |\n";
    std::map<std::string_view, std::string> chapters{
        {"P01", "文字と文章"},       {"P02", "文の形"}, {"P03", "名前と意味"}, {"P06", "証明"},
        {"P07", "効き目のない記述"}, {"P08", "試験"},   {"P09", "署名と適用"}};
    std::map<std::string_view, std::string> entries;
    for (const ProblemRow& row : all_problems())
        entries[row.code] = entry(row.code, row.japanese, row.help_japanese, shown);
    for (const FindingRow& row : all_findings())
        entries[row.code] = entry(row.code, row.japanese, row.help_japanese, shown);
    for (const sign::ProblemRow& row : sign::all_problems())
        entries[row.code] = entry(row.code, row.japanese, row.help_japanese, shown);
    for (const auto& [code, body] : entries) {
        if (const auto chapter = chapters.extract(code.substr(0, 3)); chapter)
            text += fmt::format("\n## {} {}\n", chapter.key(), chapter.mapped());
        text += body;
    }
    return text;
}

TEST(ErrorsPage, IsUpToDate) {
    const std::string made = made_page();
    if (std::getenv("SEKISHO_UPDATE") != nullptr) std::ofstream(page, std::ios::binary) << made;
    EXPECT_TRUE(contents(page) == made)
        << "docs/policy/errors.ja.md is not what the tables say; SEKISHO_UPDATE=1 writes it anew";
}

TEST(ErrorsPage, HasAnExampleForWhatAnOfficerCanCause) {
    // Those that need a policy too large to show, and one that is a matter of minutes.
    const std::set<std::string_view> without{"P0101", "P0111", "P0112", "P0117", "P0118", "P0199", "P0603"};
    const Examples shown = all_examples();
    for (const FindingRow& row : all_findings())
        EXPECT_TRUE(shown.contains(row.code) || without.contains(row.code)) << row.code;
}

} // namespace

} // namespace sekisho::policy::tests
