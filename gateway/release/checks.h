#pragma once

#include "base/crypto/crypto.h"
#include "gateway/protocol/release.h"

namespace sekisho::release {

// True for what may be the name of a folder below egress: 1 to 32 of a-z, 0-9 and '-'.
bool is_zone_name(std::string_view name);

// Everything that a request must prove about itself, except that its ticket is still valid. Each failure is a reject
// with a code of its own: release.zone, release.verdict, release.approvals, release.receipt-missing, release.order,
// release.stage, release.chain, release.type, release.size, ticket.transfer, ticket.epoch, ticket.zones, ticket.input,
// ticket.signature.
Result<> check_request(const Release& request, const PublicKey& verifier);
// reject "ticket.expired".
Result<> check_time(const Ticket& ticket, std::int64_t now);

} // namespace sekisho::release
