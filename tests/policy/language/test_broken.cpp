// What does an officer see for each mistake? Every policy of broken/ has its exact answer beside it, in both languages:
// a file, or a folder whose main.sekisho includes the others.
// SEKISHO_WRITE_EXPECTED=1 writes the answers anew; read the difference before you keep it.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "policy/engine/engine.h"
#include "policy/language/read_sources.h"
#include "tests/policy/vocabulary.h"

namespace sekisho::policy {

namespace {

const std::filesystem::path broken = SEKISHO_SOURCE_DIR "/tests/policy/language/broken";

std::string contents(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::filesystem::path> broken_policies() {
    std::set<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(broken))
        if (entry.is_directory() || entry.path().extension() == ".sekisho") found.insert(entry.path());
    return {found.begin(), found.end()};
}

Sources sources_of(const std::filesystem::path& path) {
    if (!std::filesystem::is_directory(path)) return {{path.filename().string(), contents(path)}};
    const auto sources = read_sources((path / "main.sekisho").string());
    if (!sources) ADD_FAILURE() << to_line(sources.error());
    return sources.value_or(Sources{});
}

std::string answer(const std::filesystem::path& path) {
    const Sources sources = sources_of(path);
    const auto policy = Policy::load(sources, tests::vocabulary());
    if (policy) return "accepted\n";
    return render(policy.error(), sources, Language::english) + "\n" +
           render(policy.error(), sources, Language::japanese);
}

class Broken : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Broken, IsAnsweredAsExpected) {
    auto expected = GetParam();
    expected.replace_extension(".expected");
    const std::string seen = answer(GetParam());
    if (std::getenv("SEKISHO_WRITE_EXPECTED") != nullptr) std::ofstream(expected, std::ios::binary) << seen;
    EXPECT_NE(seen, "accepted\n");
    EXPECT_EQ(seen, contents(expected));
}

std::string name_of_case(const testing::TestParamInfo<std::filesystem::path>& info) {
    std::string name = info.param.stem().string();
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Policies, Broken, testing::ValuesIn(broken_policies()), name_of_case);

TEST(BrokenPolicies, CoverEveryProblem) {
    // Those that need a policy too large to keep as a file; test_limits.cpp has them.
    std::set<std::string> seen{"P0101", "P0111", "P0112", "P0117", "P0118",
                               "P0199", "P0322", "P0405", "P0406", "P0407"};
    for (const auto& path : broken_policies()) {
        const auto policy = Policy::load(sources_of(path), tests::vocabulary());
        ASSERT_FALSE(policy) << path;
        for (const Diagnostic& diagnostic : policy.error()) seen.emplace(row_of(diagnostic.problem).code);
    }
    for (const ProblemRow& row : all_problems()) EXPECT_TRUE(seen.contains(std::string(row.code))) << row.code;
}

} // namespace

} // namespace sekisho::policy
