#include "gateway/launch/table.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

using namespace sekisho;

namespace {

Settings settings() {
    return *Settings::parse("[[zone]]\nname=\"internet\"\naddress=\"127.0.0.1\"\n"
                            "[[zone]]\nname=\"lgwan\"\naddress=\"127.0.0.2\"\n",
                            "x.toml");
}

std::set<std::string> callers(std::string_view name) {
    const Settings known = settings();
    std::set<std::string> names;
    for (const AllowedPeer& peer : callers_of(*process_row(name), known)) names.insert(peer.process);
    return names;
}

} // namespace

TEST(ProcessTable, WhoMayCallWhom) {
    using Names = std::set<std::string>;
    EXPECT_EQ(callers("ledger"), (Names{"portal@internet", "portal@lgwan", "conveyor", "operator"}));
    EXPECT_EQ(callers("release"), Names{"ledger"});
    EXPECT_EQ(callers("verifier"), Names{"conveyor"});
    EXPECT_EQ(callers("sanitizer"), Names{"conveyor"});
    EXPECT_EQ(callers("converter"), Names{"sanitizer"});
    EXPECT_EQ(callers("scanner"), Names{"conveyor"});
    EXPECT_EQ(callers("audit"), (Names{"portal@internet", "portal@lgwan", "ledger", "auth", "operator"}));
    EXPECT_EQ(callers("auth"), (Names{"portal@internet", "portal@lgwan"}));
}

TEST(ProcessTable, EveryCallReachesSomebodyWhoServes) {
    for (const ProcessRow& row : all_processes())
        for (const std::string_view peer : row.calls) {
            const ProcessRow* called = process_row(peer);
            ASSERT_NE(called, nullptr) << row.name << " calls " << peer;
            EXPECT_TRUE(called->has(serves)) << peer;
            EXPECT_NE(std::ranges::find(row.groups, SyscallGroup::connect_unix), row.groups.end()) << row.name;
        }
}

TEST(ProcessTable, NobodySharesAUserOrAGroup) {
    const Settings known = settings();
    std::set<uid_t> users;
    std::set<gid_t> groups;
    for (const Instance& instance : all_instances(known)) {
        EXPECT_TRUE(users.insert(instance.user_id()).second) << instance.name();
        EXPECT_TRUE(groups.insert(instance.group_id()).second) << instance.name();
        EXPECT_NE(instance.user_id(), 0U);
    }
    for (const ProcessRow& row : all_processes())
        EXPECT_TRUE(!row.has(serves) || groups.insert(peers_group_id(row)).second) << row.name;
}

// Design rules 2 and 5, as far as the table decides them.
TEST(ProcessTable, WhatNoRowMayHave) {
    for (const ProcessRow& row : all_processes()) {
        const auto may = [&](SyscallGroup group) { return std::ranges::find(row.groups, group) != row.groups.end(); };
        const bool reaches_network = may(SyscallGroup::connect_inet) || may(SyscallGroup::accept_inet);
        EXPECT_FALSE(row.network == Network::none && reaches_network) << row.name;
        EXPECT_FALSE(may(SyscallGroup::exec)) << row.name;
        EXPECT_EQ(!row.writable.empty(), may(SyscallGroup::files_write)) << row.name;
        EXPECT_TRUE(!row.has(workers) || (row.readable.empty() && row.writable.empty())) << row.name;
        for (const std::string_view path : row.writable) {
            const bool moves = path.find("/staging") != path.npos || path.find("/egress") != path.npos;
            EXPECT_TRUE(!moves || row.name == "ledger" || row.name == "release") << row.name;
        }
    }
}

TEST(ProcessTable, PathsAreFilledIn) {
    const Settings known = settings();
    EXPECT_EQ(expanded("{state}/portal/{zone}", known, known.zone("lgwan")), "/var/lib/sekisho/portal/lgwan");
    EXPECT_EQ(expanded("{policy}", known, nullptr), "/etc/sekisho");
    EXPECT_EQ(socket_path("ledger", known), "/run/sekisho/ledger.sock");
    const auto portal = instance_of("portal", "lgwan", known);
    ASSERT_TRUE(portal);
    EXPECT_EQ(portal->name(), "portal@lgwan");
    EXPECT_EQ(portal->user(), "sekisho-portal-lgwan");
    EXPECT_FALSE(instance_of("portal", "", known));
    EXPECT_FALSE(instance_of("ledger", "lgwan", known));
    EXPECT_FALSE(instance_of("nobody", "", known));
}
