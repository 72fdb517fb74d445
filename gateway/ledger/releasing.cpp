#include "gateway/ledger/releasing.h"

#include "base/fault/fault.h"

namespace sekisho::ledger {

using namespace std::chrono_literals;

namespace {
constexpr auto release_patience = 120s;  // it hashes the file once more
constexpr std::int64_t day = 86'400'000; // milliseconds

// A ticket of another version cannot be read; the stages then run once more.
Result<Ticket> ticket_of(const Transfer& transfer) {
    auto ticket = decode<Ticket>(transfer.ticket);
    if (!ticket) return reject("ticket.unreadable", "the ticket is of another version");
    return ticket;
}

} // namespace

Result<> Releasing::add(const Transfer& transfer) {
    m_core.batch.after([this, id = transfer.id, sequence = transfer.decided_sequence] {
        m_waiting.emplace(sequence, id);
        advance();
    });
    return {};
}

Result<> Releasing::reload() {
    m_waiting.clear();
    for (const Transfer& transfer : TRY(m_core.journal.in_state(State::releasing)))
        if (!m_asked.contains(transfer.id)) m_waiting.emplace(transfer.decided_sequence, transfer.id);
    return {};
}

void Releasing::advance() {
    while (!m_waiting.empty() && m_waiting.begin()->first <= m_core.acknowledged()) {
        const TransferId id = m_waiting.begin()->second;
        m_waiting.erase(m_waiting.begin());
        if (!m_asked.insert(id).second) continue;
        if (const auto started = start(id); !started) answered(id, std::unexpected(started.error()));
    }
}

Result<> Releasing::start(const TransferId& id) {
    const auto transfer = TRY(m_core.journal.find(id));
    if (!transfer || transfer->state != State::releasing) {
        m_asked.erase(id);
        return {};
    }
    auto question = std::make_shared<release::Release>();
    question->id = id;
    question->epoch = transfer->epoch;
    question->zone_from = transfer->zone_from;
    question->zone_to = transfer->zone_to;
    question->digest_in = transfer->digest_in;
    question->receipts = TRY(m_core.journal.receipts(*transfer));
    question->ticket = TRY(ticket_of(*transfer));
    question->deliver = true;
    question->policy_digest = transfer->policy_digest;
    question->approvals_needed = transfer->approvals_needed;
    question->approvals_given = transfer->approvals_given;
    m_callers.post([this, id, question](Client& client) {
        SEKISHO_FAULT("ledger.before-release");
        auto answer = client.call<release::Released>(*question, {}, nullptr, release_patience);
        SEKISHO_FAULT("ledger.after-release");
        m_core.loop.post([this, id, answer = std::move(answer)] { answered(id, answer); });
    });
    return {};
}

void Releasing::answered(const TransferId& id, const Result<release::Released>& answer) {
    m_asked.erase(id);
    const auto outcome = m_core.attempt([&]() -> Result<> {
        auto transfer = TRY(m_core.journal.find(id));
        if (!transfer || transfer->state != State::releasing) return {};
        return settle(*transfer, answer);
    });
    const bool done = outcome && (answer || answer.error().kind == ErrorKind::reject);
    if (done) {
        m_pause = 0ms;
        m_core.batch.otherwise([this, id](const Error&) {
            m_core.loop.after(1s, [this, id] {
                m_waiting.emplace(0, id);
                advance();
            });
        });
        return;
    }
    // The move is idempotent: it is asked for until it is done. One outage is one step of the pause, however many moves
    // it hits.
    const auto now = std::chrono::steady_clock::now();
    if (now >= m_next_try) {
        m_pause = std::min<std::chrono::milliseconds>(std::max(m_pause * 2, m_core.options.retry_pause),
                                                      m_core.options.longest_pause);
        m_next_try = now + m_pause;
    }
    m_core.loop.after(std::chrono::ceil<std::chrono::milliseconds>(m_next_try - now), [this, id] {
        m_waiting.emplace(0, id);
        advance();
    });
}

Result<> Releasing::settle(Transfer& transfer, const Result<release::Released>& answer) {
    if (answer) return delivered(transfer, *answer);
    if (answer.error().kind == ErrorKind::fail) return {};
    return refused(transfer, answer.error());
}

Result<> Releasing::delivered(Transfer& transfer, const release::Released& released) {
    if (released.digest != transfer.digest_out || released.bytes != transfer.bytes_out)
        return refused(transfer, reject("release.lied", "release answered for other bytes").error());
    transfer.state = State::delivered;
    transfer.delivered = m_core.now();
    transfer.expires = transfer.delivered + std::int64_t{transfer.keep_days} * day;
    transfer.released_sequence = TRY(m_core.record_release(transfer, false));
    TRY(m_core.discard(transfer));
    return m_core.save(transfer);
}

void Releasing::remove_delivered(const TransferId& id, const std::string& zone) {
    m_callers.post([id, zone](Client& client) {
        // What stays is an orphan, which the next start has removed.
        static_cast<void>(client.call<Done>(release::Remove{id, zone}));
    });
}

// A ticket that ran out (or whose key changed) while an approver was away is no fault of the file: the stages run once
// more, and approvals stay good for the same bytes.
Result<> Releasing::refused(Transfer& transfer, const Error& error) {
    if (error.code.starts_with("ticket.") || error.code == "release.staged-missing")
        return m_again(transfer, Reason::internal, error.code);
    transfer.state = State::failed;
    transfer.reason = Reason::internal;
    TRY(m_core.record(Event::transfer_failed, &transfer,
                      [&](JsonWriter& json) { json.member("code", error.code).member("why", error.message); }));
    TRY(m_core.discard(transfer));
    return m_core.save(transfer);
}

} // namespace sekisho::ledger
