// Which clause of the guideline stands in which rule, and which test shows it? docs/policy/coverage.md says so; this
// keeps it true. SEKISHO_UPDATE=1 writes it anew.
#include "tests/policy/profiles/profile.h"

#include <cstdlib>
#include <map>
#include <set>

#include <fmt/format.h>

#include "policy/analysis/test.h"

namespace sekisho::policy::tests {

namespace {

constexpr const char* page = SEKISHO_SOURCE_DIR "/docs/policy/coverage.md";

struct Clause {
    std::string_view id;
    std::string_view models;
    std::string_view elsewhere;
    std::string_view text;
};

constexpr std::array clauses{
#define CLAUSE(id, models, elsewhere, text) Clause{id, models, elsewhere, text},
#include "policy/profiles/clauses.def"
#undef CLAUSE
};

// A rule, a flow, a never or a must, and where it stands.
struct Statement {
    std::string title;
    std::string reference;
    std::string models; // letters
    bool claim = false;
    bool flow = false;
    std::set<std::string> tests;
};

using Statements = std::map<std::string, Statement>; // by id

template <typename List> void note(Statements& into, const List& list, char model, bool claim, bool flow) {
    for (const auto& one : list) {
        Statement& statement = into[one.id];
        statement.title = one.title;
        statement.reference = one.reference;
        statement.models += model;
        statement.claim = claim;
        statement.flow = flow;
    }
}

const Statements& statements() {
    static const Statements all = [] {
        Statements found;
        for (const Profile& model : models) {
            const Policy policy = loaded(model.file);
            const Compiled& compiled = policy.compiled();
            note(found, compiled.rules, model.letter, false, false);
            note(found, compiled.flows, model.letter, false, true);
            note(found, compiled.nevers, model.letter, true, false);
            note(found, compiled.musts, model.letter, true, false);
            for (const RuleCoverage& rule : coverage(policy))
                found[rule.rule].tests.insert(rule.tests.begin(), rule.tests.end());
        }
        return found;
    }();
    return all;
}

// "指針 Z7, 2.2 経路3(c)" names Z7 and 2.2 経路3.
std::vector<std::string> clauses_of(std::string_view reference) {
    std::vector<std::string> ids;
    constexpr std::string_view beginning = "指針 ";
    if (!reference.starts_with(beginning)) return ids;
    reference.remove_prefix(beginning.size());
    while (!reference.empty()) {
        const std::size_t end = std::min(reference.find(", "), reference.size());
        const std::string_view id = reference.substr(0, end);
        ids.emplace_back(id.substr(0, id.find('(')));
        reference.remove_prefix(std::min(end + 2, reference.size()));
    }
    return ids;
}

std::string names_of(std::string_view letters) {
    std::string names;
    for (const Profile& model : models)
        if (letters.find(model.letter) != std::string_view::npos)
            names += (names.empty() ? "" : " ") + std::string(model.name);
    return names;
}

std::string shown_tests(const Statement& statement) {
    if (statement.claim) return "すべての経路について証明";
    if (statement.flow) return "（許可の規則とともに試験）";
    if (statement.tests.empty()) return "なし";
    const std::size_t more = statement.tests.size() - 1;
    return *statement.tests.begin() + (more == 0 ? "" : fmt::format("（ほか{}件）", more));
}

std::string clause_rows(const Clause& clause) {
    std::string rows;
    for (const auto& [id, statement] : statements()) {
        const auto named = clauses_of(statement.reference);
        if (std::ranges::find(named, clause.id) == named.end()) continue;
        rows += fmt::format("| {} | {} {} | {} | {} |\n", rows.empty() ? clause.id : "", id, statement.title,
                            names_of(statement.models), shown_tests(statement));
    }
    if (rows.empty()) rows = fmt::format("| {} | （ポリシーの外）{} | | |\n", clause.id, clause.elsewhere);
    return rows;
}

std::string made_page() {
    std::string text =
        "# 指針と規則と試験の対応表\n\n"
        "国の「地方公共団体における情報セキュリティポリシーに関するガイドライン」（指針）の求めることが、どの規則に\n"
        "あり、どの試験で確かめられているかの表です。`policy/profiles/clauses.def` と各モデルのポリシーから作られ、\n"
        "食い違うと試験（`test_policy_profiles`）が失敗します。手で書き換えないでください。\n\n"
        "条項の記号は、この製品での整理番号です。規則の `ref` に同じ記号を書きます。\n\n## 条項\n\n"
        "| 条項 | 内容 |\n|---|---|\n";
    for (const Clause& clause : clauses) text += fmt::format("| {} | {} |\n", clause.id, clause.text);
    text += "\n## 条項 → 規則 → 試験\n\n| 条項 | 規則 | モデル | 試験 |\n|---|---|---|---|\n";
    for (const Clause& clause : clauses) text += clause_rows(clause);
    text += "\n## 規則 → 試験\n";
    for (const auto& [id, statement] : statements()) {
        if (statement.tests.empty()) continue;
        text += fmt::format("\n**{} {}**（{}）\n\n", id, statement.title, names_of(statement.models));
        for (const std::string& title : statement.tests) text += fmt::format("- {}\n", title);
    }
    return text;
}

TEST(Coverage, EveryStatementNamesClausesThatExist) {
    for (const auto& [id, statement] : statements()) {
        const auto named = clauses_of(statement.reference);
        EXPECT_FALSE(named.empty()) << id << " has the ref: " << statement.reference;
        for (const std::string& clause : named)
            EXPECT_NE(std::ranges::find(clauses, clause, &Clause::id), clauses.end()) << id << ": " << clause;
    }
}

TEST(Coverage, EveryClauseIsKeptInEveryModelItIsMeantFor) {
    for (const Clause& clause : clauses) {
        EXPECT_EQ(clause.models.empty(), !clause.elsewhere.empty()) << clause.id;
        for (const char model : clause.models) {
            const bool kept = std::ranges::any_of(statements(), [&](const auto& entry) {
                const auto named = clauses_of(entry.second.reference);
                const bool here = entry.second.models.find(model) != std::string::npos;
                return here && std::ranges::find(named, clause.id) != named.end();
            });
            EXPECT_TRUE(kept) << clause.id << " in model " << model;
        }
    }
}

TEST(Coverage, TheTableIsUpToDate) {
    const std::string made = made_page();
    if (std::getenv("SEKISHO_UPDATE") != nullptr) std::ofstream(page, std::ios::binary) << made;
    EXPECT_EQ(contents(page), made) << "SEKISHO_UPDATE=1 writes it anew";
}

} // namespace

} // namespace sekisho::policy::tests
