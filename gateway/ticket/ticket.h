#pragma once

#include "gateway/protocol/receipt.h"

namespace sekisho {

// Fills `ticket.signature`.
void sign_ticket(Ticket& ticket, const SigningKey& key);
// reject "ticket.signature" or "ticket.expired" (`now` in Unix seconds).
Result<> check_ticket(const Ticket& ticket, const PublicKey& key, std::int64_t now);

} // namespace sekisho
