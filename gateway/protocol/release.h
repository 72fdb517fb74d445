// What `release` answers, to the ledger alone.
#pragma once

#include "gateway/protocol/receipt.h"

namespace sekisho::release {

// Move staging/<id>.<epoch> to egress/<zone_to>/<id>, if and only if receipts, ticket and verdict say so for exactly
// these bytes. Asking again for what was moved already answers Released again.
struct Release {
    static constexpr std::uint16_t type = 0x0201;
    TransferId id{};
    std::uint32_t epoch = 0;
    std::string zone_from;
    std::string zone_to;
    Digest digest_in{};
    std::vector<StageReceipt> receipts;
    Ticket ticket;
    bool deliver = false; // the verdict of the policy
    std::string policy_digest;
    std::uint32_t approvals_needed = 0;
    std::uint32_t approvals_given = 0;
    static void fields(auto& self, auto& codec) {
        codec.fixed(self.id);
        codec.number(self.epoch);
        codec.text(self.zone_from, 32);
        codec.text(self.zone_to, 32);
        codec.fixed(self.digest_in);
        codec.list(self.receipts, 3);
        codec.inside(self.ticket);
        codec.flag(self.deliver);
        codec.text(self.policy_digest, 64);
        codec.number(self.approvals_needed);
        codec.number(self.approvals_given);
    }
};

struct Released {
    static constexpr std::uint16_t type = 0x0202;
    std::uint64_t bytes = 0;
    Digest digest{};
    static void fields(auto& self, auto& codec) {
        codec.number(self.bytes);
        codec.fixed(self.digest);
    }
};

// Delete egress/<zone_to>/<id>: its time is over. Answer: Done, also when it is not there.
struct Remove {
    static constexpr std::uint16_t type = 0x0203;
    TransferId id{};
    std::string zone_to;
    static void fields(auto& self, auto& codec) {
        codec.fixed(self.id);
        codec.text(self.zone_to, 32);
    }
};

} // namespace sekisho::release
