// Who may approve?
#include "tests/policy/engine/build.h"

namespace sekisho::policy {

namespace {

const std::vector<std::string> chief{"税務課", "課長"};
const Approval needed{1, "chief", "lgwan"};

Policy policy() {
    return loaded(with_head("allow \"R-1\" from internet to lgwan require approve 1 by chief\n"));
}

TEST(Approve, AMemberInTheZoneMay) {
    EXPECT_TRUE(policy().may_approve(needed, {"sato", chief, "lgwan"}, "tanaka"));
    EXPECT_TRUE(policy().may_approve(needed, {"kimura", {}, "lgwan"}, "tanaka"));
}

TEST(Approve, TheSenderNeverMay) {
    EXPECT_FALSE(policy().may_approve(needed, {"sato", chief, "lgwan"}, "sato"));
    EXPECT_FALSE(policy().may_approve(needed, {"SATO", chief, "lgwan"}, "Sato"));
}

TEST(Approve, NobodyMayForAnUnknownSender) {
    EXPECT_FALSE(policy().may_approve(needed, {"sato", chief, "lgwan"}, ""));
    EXPECT_FALSE(policy().may_approve(needed, {"", chief, "lgwan"}, "tanaka"));
}

TEST(Approve, OthersMayNot) {
    EXPECT_FALSE(policy().may_approve(needed, {"suzuki", tax, "lgwan"}, "tanaka"));
}

TEST(Approve, AnotherZoneMayNot) {
    EXPECT_FALSE(policy().may_approve(needed, {"sato", chief, "internet"}, "tanaka"));
    EXPECT_FALSE(policy().may_approve(needed, {"sato", chief, "mynumber"}, "tanaka"));
    EXPECT_FALSE(policy().may_approve({1, "chief", ""}, {"sato", chief, ""}, "tanaka"));
}

TEST(Approve, AGroupThatThePolicyLostApprovesNothing) {
    EXPECT_FALSE(policy().may_approve({1, "board", "lgwan"}, {"sato", chief, "lgwan"}, "tanaka"));
    EXPECT_FALSE(Policy::deny_all().may_approve(needed, {"sato", chief, "lgwan"}, "tanaka"));
}

} // namespace

} // namespace sekisho::policy
