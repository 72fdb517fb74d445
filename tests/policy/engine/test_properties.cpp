// What holds for every policy, tried on random small ones.
#include "tests/policy/engine/build.h"

#include <algorithm>
#include <random>

namespace sekisho::policy {

namespace {

const std::vector<std::string> zones{"internet", "lgwan", "mynumber"};
const std::vector<std::string> chief{"課長"};
const std::array<std::string_view, 1> javascript{"pdf.javascript"};

class Generator {
public:
    explicit Generator(unsigned seed) : m_random(seed) {}

    unsigned below(unsigned limit) { return static_cast<unsigned>(m_random() % limit); }
    template <typename Choices> const auto& one_of(const Choices& choices) {
        return choices[below(static_cast<unsigned>(choices.size()))];
    }
    template <typename Items> void shuffle(Items& items) { std::shuffle(items.begin(), items.end(), m_random); }

    std::string condition(unsigned depth = 2) {
        const unsigned kind = below(depth == 0 ? 1 : 4);
        if (kind == 1) return "not (" + condition(depth - 1) + ")";
        if (kind == 2) return "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
        if (kind == 3) return "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
        static const std::vector<std::string> simple{
            "type in office",    "type is pdf",        "family is picture",    "size <= 5MB",
            "size > 1KB",        "user in tax",        "user is \"tanaka\"",   "hours in 08:30..19:00",
            "archive.depth > 3", "archive.depth <= 1", "hours in 22:00..6:00", "findings has \"pdf.javascript\""};
        return one_of(simple);
    }

    std::string allow() {
        const unsigned from = below(3);
        const std::string to = zones[(from + 1 + below(2)) % 3];
        std::string rule = "allow \"R-" + std::to_string(++m_id) + "\" from " + zones[from] + " to " + to;
        if (below(3) != 0) rule += " when " + condition();
        std::vector<std::string> required;
        static const std::vector<std::string> levels{"rebuild", "flatten", "text"};
        if (below(2) == 0) required.push_back(one_of(levels));
        if (below(2) == 0)
            required.push_back("approve " + std::to_string(1 + below(3)) + " by " + (below(2) == 0 ? "chief" : "tax") +
                               (below(3) == 0 ? " in " + one_of(zones) : ""));
        if (below(2) == 0) required.push_back("keep " + std::to_string(1 + below(90)) + " days");
        for (std::size_t i = 0; i < required.size(); ++i) rule += (i == 0 ? " require " : ", ") + required[i];
        return rule + (below(2) == 0 ? " reason \"r" + std::to_string(m_id) + "\"\n" : "\n");
    }

    std::string forbid() {
        static const std::vector<std::string> ends{"any", "any", "internet", "lgwan", "mynumber"};
        const std::string from = one_of(ends);
        std::string to = one_of(ends);
        if (to == from) to = "any";
        return "forbid \"F-" + std::to_string(++m_id) + "\" from " + from + " to " + to + " when " + condition() + "\n";
    }

    std::vector<std::string> rules() {
        std::vector<std::string> rules;
        for (unsigned i = below(5) + 1; i > 0; --i) rules.push_back(allow());
        for (unsigned i = below(3); i > 0; --i) rules.push_back(forbid());
        return rules;
    }

    // Attributes are sometimes unknown unless asked otherwise.
    Request asked(bool complete = false) {
        Request asked = request(one_of(zones), one_of(zones));
        asked.sender_groups = below(2) == 0 ? tax : chief;
        static const std::vector<std::string_view> types{"pdf", "docx", "png", "zip", "script"};
        asked.type = one_of(types);
        asked.size = below(3) * 3'000'000ULL + 10;
        asked.archive_depth = below(6);
        asked.minute = below(1440);
        if (below(2) == 0) asked.findings = javascript;
        if (complete) return asked;
        if (below(4) == 0) asked.type.reset();
        if (below(4) == 0) asked.size.reset();
        if (below(4) == 0) asked.archive_depth.reset();
        if (below(4) == 0) asked.minute.reset();
        if (below(4) == 0) asked.findings.reset();
        if (below(6) == 0) asked.sender = "";
        return asked;
    }

    // The same request with what was not known made known.
    Request completed(const Request& asked) {
        const Request known = this->asked(true);
        Request whole = asked;
        if (!whole.type) whole.type = known.type;
        if (!whole.size) whole.size = known.size;
        if (!whole.archive_depth) whole.archive_depth = known.archive_depth;
        if (!whole.minute) whole.minute = known.minute;
        if (!whole.findings) whole.findings = known.findings;
        if (whole.sender.empty()) whole.sender = known.sender;
        return whole;
    }

private:
    std::mt19937 m_random;
    unsigned m_id = 0;
};

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += part;
    return out;
}

// Whether every obligation of the first is met by meeting the second.
void expect_no_weaker(const Decision& before, const Decision& after) {
    EXPECT_GE(after.strictness, before.strictness);
    for (const Approval& approval : before.approvals) {
        const bool kept = std::ranges::any_of(after.approvals, [&](const Approval& other) {
            return other.group == approval.group && other.zone == approval.zone && other.count >= approval.count;
        });
        EXPECT_TRUE(kept) << approval.group;
    }
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
        const Policy before = loaded(with_head(joined(rules)));
        rules.push_back(random.allow());
        const Policy after = loaded(with_head(joined(rules)));
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
        const Policy before = loaded(with_head(joined(rules)));
        rules.push_back(random.forbid());
        const Policy after = loaded(with_head(joined(rules)));
        for (unsigned i = 0; i < requests; ++i) {
            const Request asked = random.asked();
            const Decision second = after.decide(asked);
            if (second.outcome == Outcome::deny) continue;
            EXPECT_EQ(before.decide(asked), second);
        }
    }
}

TEST(Properties, TheOrderOfStatementsMeansNothing) {
    Generator random(3);
    for (unsigned round = 0; round < rounds; ++round) {
        std::vector<std::string> statements = random.rules();
        statements.insert(statements.end(), {"zone internet, lgwan, mynumber\n", "types office = documents pdf\n",
                                             "types documents = docx xlsx\n", "group tax = staff\n",
                                             "group staff = dept \"税務課\"\n", "group chief = role \"課長\"\n"});
        const Policy first = loaded(joined(statements));
        random.shuffle(statements);
        const Policy second = loaded(joined(statements));
        for (unsigned i = 0; i < requests; ++i) {
            const Request asked = random.asked();
            EXPECT_EQ(first.decide(asked), second.decide(asked));
            EXPECT_EQ(first.possible(asked), second.possible(asked));
        }
    }
}

TEST(Properties, LearningMoreNeverTakesBackAnAllow) {
    Generator random(4);
    unsigned allowed = 0;
    for (unsigned round = 0; round < rounds; ++round) {
        const Policy policy = loaded(with_head(joined(random.rules())));
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
        const Policy policy = loaded(with_head(joined(random.rules())));
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
