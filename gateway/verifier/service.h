#pragma once

#include "base/ipc/server.h"
#include "gateway/protocol/verifier.h"
#include "sanitizer/worker/pool.h"

namespace sekisho::verifier {

// Answers VerifyOutput.
class Service {
public:
    // `ticket_seconds`: how long a ticket is valid.
    Service(worker::Pool& pool, SigningKey key, std::int64_t ticket_seconds)
        : m_pool(pool), m_key(std::move(key)), m_ticket_seconds(ticket_seconds) {}
    void handle(Call call);

private:
    Verified judged(const Result<Frame>& frame, const Ticket& asked, const Descriptor& output) const;

    worker::Pool& m_pool;
    SigningKey m_key;
    std::int64_t m_ticket_seconds;
};

} // namespace sekisho::verifier
