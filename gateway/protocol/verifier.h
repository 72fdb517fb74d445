// What the verifier answers, to the conveyor alone.
#pragma once

#include "gateway/protocol/receipt.h"

namespace sekisho::verifier {

// With a read-only descriptor of the staged output. The verifier hashes it, has a throw-away worker read it, and signs.
// `ticket` holds what the conveyor knows (transfer, epoch, digest_in, type, level, zones); the rest is filled here.
// Answer: Verified; without a ticket unless the verdict is delivered.
struct VerifyOutput {
    static constexpr std::uint16_t type = 0x0601;
    Ticket ticket;
    worker::WireLimits limits;
    worker::WireOptions options; // what may have stayed
    static void fields(auto& self, auto& codec) {
        codec.inside(self.ticket);
        codec.inside(self.limits);
        codec.inside(self.options);
    }
};

struct Verified {
    static constexpr std::uint16_t type = 0x0602;
    Verdict verdict = Verdict::failed;
    Reason reason = Reason::internal;
    Ticket ticket;
    static void fields(auto& self, auto& codec) {
        codec.choice(self.verdict);
        codec.choice(self.reason);
        codec.inside(self.ticket);
    }
};

} // namespace sekisho::verifier
