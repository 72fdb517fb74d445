// Do the policies that are delivered keep what they promise, and would their own tests notice if they did not?
#include "tests/policy/profiles/profile.h"

#include "policy/analysis/lint.h"
#include "policy/analysis/load.h"
#include "policy/analysis/prove.h"
#include "policy/analysis/test.h"
#include "policy/language/format.h"

namespace sekisho::policy::tests {

namespace {

constexpr std::size_t tests_least = 30;

class Profiles : public testing::TestWithParam<Profile> {
protected:
    const Sources sources = sources_of(GetParam().file);
    const Policy policy = loaded(sources);
};

TEST_P(Profiles, KeepWhatTheyPromiseOverAllPaths) {
    const auto proofs = prove(policy);
    EXPECT_GE(proofs.size(), 6U);
    for (const Proof& proof : proofs)
        EXPECT_EQ(proof.verdict, Proof::Verdict::holds) << proof.id << " " << proof.words.japanese;
}

TEST_P(Profiles, SayNothingInVain) {
    Surroundings around;
    around.today = std::chrono::sys_days(std::chrono::year(2026) / 5 / 1);
    EXPECT_EQ(render(lint(policy, around), sources, Language::japanese), "");
}

TEST_P(Profiles, PassTheirTests) {
    const auto results = run_tests(policy);
    EXPECT_GE(results.size(), tests_least);
    EXPECT_EQ(render(remarks_of(results), sources, Language::japanese), "");
}

TEST_P(Profiles, HaveATestForEveryRuleAndEveryChangeOfIt) {
    EXPECT_EQ(render(remarks_of(coverage(policy)), sources, Language::japanese), "");
    const Mutation mutation = mutate(policy);
    EXPECT_FALSE(mutation.too_intricate);
    EXPECT_GT(mutation.mutants.size(), policy.compiled().rules.size());
    EXPECT_EQ(render(remarks_of(mutation), sources, Language::japanese), "");
}

TEST_P(Profiles, AreInTheCommonForm) {
    for (const SourceText& file : sources) {
        const auto formatted = format(Source(file.name, file.text));
        ASSERT_TRUE(formatted) << file.name;
        EXPECT_EQ(*formatted, file.text) << file.name;
    }
}

INSTANTIATE_TEST_SUITE_P(All, Profiles, testing::Values(models[0], models[1], models[2], models[3], standard),
                         [](const auto& info) {
                             std::string name(info.param.file.substr(0, info.param.file.find('.')));
                             std::erase(name, '-');
                             return name;
                         });

// Takes a statement out of a file: from its first word to the blank line behind it.
Sources without(Sources sources, std::string_view beginning) {
    for (SourceText& file : sources) {
        const std::size_t at = file.text.find(beginning);
        if (at == std::string::npos) continue;
        const std::size_t end = std::min(file.text.find("\n\n", at), file.text.size());
        file.text.erase(at, end - at);
        return sources;
    }
    ADD_FAILURE() << beginning << " is in no file";
    return sources;
}

TEST(ProfilesWithoutAForbid, AreNotLoaded) {
    for (const Profile& model : models) {
        const Sources open = without(without(sources_of(model.file), "forbid \"F-301"), "test \"出どころがわからない");
        const auto refused =
            load_proved(without(open, "test \"インターネットから入った資料は持ち込めない"), catalogue());
        ASSERT_FALSE(refused) << model.file;
        ASSERT_FALSE(refused.error().unproved.empty()) << render(refused.error().problems, open, Language::english);
        EXPECT_EQ(refused.error().unproved.front().rule, "N-301");
    }
}

TEST(ProfilesWithAnAllowTooMany, AreNotLoaded) {
    Sources sources = sources_of("beta.sekisho");
    sources = without(sources, "forbid \"F-501");
    sources = without(sources, "test \"機密性3Cは端末へ出せない");
    sources.front().text += "\nallow \"R-999 あとから足した許可\"\n  from lgwan to internet\n  when class is 3C\n"
                            "  reason \"会議で使う\"\n";
    const auto refused = load_proved(sources, catalogue());
    ASSERT_FALSE(refused);
    ASSERT_FALSE(refused.error().unproved.empty());
    EXPECT_EQ(refused.error().unproved.front().rule, "N-501");
}

// The exception that alpha.sekisho shows in its comments, taken at its word.
Policy with_exception() {
    Sources sources = sources_of("alpha.sekisho");
    std::string& text = sources.front().text;
    const std::size_t begin = text.find("# group public-works");
    for (std::size_t at = begin; at != std::string::npos && at < text.size();) {
        const std::size_t blank = text.compare(at, 2, "# ") == 0 ? 2 : 1;
        text.erase(at, blank);
        const std::size_t end = text.find('\n', at);
        at = end == std::string::npos ? end : end + 1;
    }
    return loaded(sources);
}

TEST(TheExceptionInTheComments, HoldsForThoseItNamesUntilItDies) {
    const Policy policy = with_exception();
    Sample sample = unremarkable();
    sample.from = sample.origin = "internet";
    sample.to = "lgwan";
    sample.type = "zip";
    sample.size = 1000;
    sample.archive_depth = 5;
    sample.archive_members = 5;
    sample.sender = "ueno";
    sample.sender_groups = {"土木課"};
    sample.day = std::chrono::sys_days(std::chrono::year(2026) / 12 / 31);
    const auto allowed = [&] { return policy.decide(Asked(sample).request()).outcome == Outcome::allow; };
    EXPECT_TRUE(allowed());
    sample.day = std::chrono::sys_days(std::chrono::year(2027) / 1 / 1);
    EXPECT_FALSE(allowed());
    sample.day = std::chrono::sys_days(std::chrono::year(2026) / 12 / 31);
    sample.sender_groups = {"総務課"};
    EXPECT_FALSE(allowed());
    sample.sender_groups = {"土木課"};
    sample.archive_depth = 7;
    EXPECT_FALSE(allowed());
}

} // namespace

} // namespace sekisho::policy::tests
