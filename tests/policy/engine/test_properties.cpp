// What holds for every policy, tried on random small ones.
#include "tests/policy/engine/generator.h"

#include <algorithm>
#include <gmock/gmock.h>

namespace sekisho::policy {

namespace {

// Whether every obligation of the first is met by meeting the second.
void expect_no_weaker(const Decision& before, const Decision& after) {
    EXPECT_GE(after.strictness, before.strictness);
    for (const Chosen& choice : after.mild) EXPECT_THAT(before.mild, testing::Contains(choice));
    for (const Approval& approval : before.approvals) {
        const bool kept = std::ranges::any_of(after.approvals, [&](const Approval& other) {
            return other.group == approval.group && other.zone == approval.zone && other.count >= approval.count;
        });
        EXPECT_TRUE(kept) << approval.group;
    }
    EXPECT_GE(after.delay_minutes.value_or(0), before.delay_minutes.value_or(0));
    EXPECT_TRUE(std::ranges::includes(after.watermarks, before.watermarks));
    if (!before.keep_days) return;
    ASSERT_TRUE(after.keep_days);
    EXPECT_LE(*after.keep_days, *before.keep_days);
}

constexpr unsigned rounds = 1000;
constexpr unsigned requests = 30;

TEST(Properties, AddingAnAllowWeakensNoObligation) {
    Generator random(1);
    for (unsigned round = 0; round < rounds; ++round) {
        std::vector<std::string> rules = random.rules();
        const Policy before = loaded(whole((rules)));
        rules.push_back(random.allow());
        const Policy after = loaded(whole((rules)));
        for (unsigned i = 0; i < requests; ++i) {
            const Request asked = random.asked();
            const Decision first = before.decide(asked);
            const Decision second = after.decide(asked);
            if (first.outcome == Outcome::deny) continue;
            EXPECT_EQ(second.outcome, Outcome::allow);
            expect_no_weaker(first, second);
        }
    }
}

TEST(Properties, AddingAForbidAllowsNothing) {
    Generator random(2);
    for (unsigned round = 0; round < rounds; ++round) {
        std::vector<std::string> rules = random.rules();
        const Policy before = loaded(whole((rules)));
        rules.push_back(random.forbid());
        const Policy after = loaded(whole((rules)));
        for (unsigned i = 0; i < requests; ++i) {
            const Request asked = random.asked();
            const Decision second = after.decide(asked);
            if (second.outcome == Outcome::deny) continue;
            EXPECT_EQ(before.decide(asked), second);
        }
    }
}

TEST(Properties, TheOrderOfStatementsAndFilesMeansNothing) {
    Generator random(3);
    for (unsigned round = 0; round < rounds; ++round) {
        std::vector<std::string> statements = random.rules();
        const auto names = declarations();
        statements.insert(statements.end(), names.begin(), names.end());
        const Policy first = loaded(joined(statements));
        random.shuffle(statements);
        const Sources files = random.split(statements);
        const auto second = Policy::load(files, tests::vocabulary());
        ASSERT_TRUE(second) << render(second.error(), files, Language::english);
        for (unsigned i = 0; i < requests; ++i) {
            const Request asked = random.asked();
            EXPECT_EQ(first.decide(asked), second->decide(asked));
            EXPECT_EQ(first.possible(asked), second->possible(asked));
        }
    }
}

TEST(Properties, LearningMoreNeverTakesBackAnAllow) {
    Generator random(4);
    unsigned allowed = 0;
    for (unsigned round = 0; round < rounds; ++round) {
        const Policy policy = loaded(whole((random.rules())));
        for (unsigned i = 0; i < requests; ++i) {
            const Request asked = random.asked();
            const Decision early = policy.decide(asked);
            const Decision late = policy.decide(random.completed(asked));
            if (early.outcome == Outcome::allow) {
                ++allowed;
                EXPECT_EQ(late.outcome, Outcome::allow);
                expect_no_weaker(early, late);
            }
            // A certain "forbidden" stays one; so does "possible: no".
            if (early.ground == Ground::forbidden) {
                EXPECT_EQ(late.ground, Ground::forbidden);
            }
            if (late.outcome == Outcome::allow) {
                EXPECT_TRUE(policy.possible(asked));
            }
        }
    }
    EXPECT_GT(allowed, 500U); // the properties above were tried
}

TEST(Properties, WithEverythingKnownPossibleIsTheDecision) {
    Generator random(5);
    for (unsigned round = 0; round < rounds; ++round) {
        const Policy policy = loaded(whole((random.rules())));
        for (unsigned i = 0; i < requests; ++i) {
            const Request asked = random.asked(true);
            const Decision decision = policy.decide(asked);
            EXPECT_EQ(policy.possible(asked), decision.outcome == Outcome::allow);
            EXPECT_NE(decision.ground, Ground::not_certain);
        }
    }
}

} // namespace

} // namespace sekisho::policy
