#include "gateway/ledger/conveying.h"

#include <algorithm>
#include <unistd.h>

#include "base/fault/fault.h"

namespace sekisho::ledger {

namespace {

constexpr std::size_t most_waiting = 256;

std::unexpected<Error> fenced() {
    return reject("conveyor.fenced", "this lease has ended");
}

} // namespace

Result<> Conveying::lease(const Lease&, const Caller& caller) {
    if (m_waiting.size() >= most_waiting) return fail("conveyor.too-many", "too many workers wait");
    m_waiting.push_back({caller.call, Clock::now() + m_core.options.wait_longest});
    return {};
}

Result<> Conveying::reload() {
    m_queue.clear();
    for (const TransferId& id : TRY(m_core.journal.ids_in_state(State::received))) m_queue.push_back(id);
    return {};
}

void Conveying::serve() {
    while (!m_queue.empty() && !m_waiting.empty()) {
        const CallPointer call = m_waiting.front().call;
        if (!call->peer_is_connected()) {
            m_waiting.pop_front();
            continue;
        }
        const TransferId id = m_queue.front();
        m_queue.pop_front();
        bool handed = false;
        const auto outcome = m_core.attempt([&] { return hand_out(id, call, handed); });
        if (outcome && handed) m_waiting.pop_front();
        if (!outcome) m_core.loop.after(m_core.options.retry_pause, [this, id] { offer(id); });
    }
}

Result<> Conveying::hand_out(const TransferId& id, const CallPointer& call, bool& handed) {
    auto transfer = TRY(m_core.journal.find(id));
    if (!transfer || transfer->state != State::received) return {};
    const std::vector<std::string>& passwords = m_core.passwords.of(id);
    if (transfer->with_password && passwords.empty()) return m_refuse_unopened(*transfer);
    auto input = open_input(*transfer);
    if (!input) return try_again(*transfer, Reason::internal, "the received file cannot be opened");
    transfer->state = State::processing;
    ++transfer->epoch;
    ++transfer->attempts;
    TRY(m_core.save(*transfer));
    Leased leased{
        false,          transfer->id,        transfer->epoch, transfer->zone_from, transfer->zone_to, transfer->name,
        transfer->size, transfer->digest_in, transfer->level, {transfer->options}, passwords,         {}};
    for (const Part& part : transfer->parts) leased.parts.push_back({part.size});
    m_lent[id] = Lent{transfer->epoch, call, Clock::now() + m_core.options.lease, false, std::nullopt};
    m_core.batch.answer(call, leased, std::make_shared<Descriptor>(std::move(*input)));
    m_core.batch.otherwise([this, id](const Error&) {
        m_lent.erase(id);
        m_core.loop.after(m_core.options.retry_pause, [this, id] { offer(id); });
    });
    handed = true;
    return {};
}

// Small content comes out of the journal, in memory that nobody can change any more.
Result<Descriptor> Conveying::open_input(const Transfer& transfer) {
    if (transfer.size > m_core.options.largest_in_journal) return m_core.spool.open_input(transfer.id);
    const auto content = TRY(m_core.journal.content(transfer));
    if (!content) return m_core.spool.open_input(transfer.id); // it came in pieces
    auto memory = TRY(make_memory_file("input"));
    TRY(write_all(memory, *content));
    TRY(seal(memory));
    lseek(memory.get(), 0, SEEK_SET);
    return memory;
}

Conveying::Lent* Conveying::lent(const TransferId& id, std::uint32_t epoch) {
    const auto found = m_lent.find(id);
    return found != m_lent.end() && found->second.epoch == epoch ? &found->second : nullptr;
}

Result<> Conveying::store(const StoreOutput& asked, const Caller& caller) {
    Lent* lease = lent(asked.id, asked.epoch);
    if (!lease) return fenced();
    if (lease->storing || lease->staged) return reject("conveyor.order", "this output is stored already");
    auto& descriptors = caller.call->frame.descriptors;
    if (descriptors.size() != 1) return reject("conveyor.pipe", "the output must come through one pipe");
    lease->storing = true;
    CopyOrder order;
    order.pipe = std::move(descriptors.front());
    order.path = m_core.spool.staged(asked.id, asked.epoch);
    order.limit = asked.limit;
    order.is_output = true;
    const auto told = std::make_shared<bool>(false);
    m_core.intake.copy(
        std::move(order),
        [this, asked, told, call = caller.call](const Copied& copied) {
            if (!*told && copied.error) m_core.batch.refuse(call, *copied.error);
            stored(asked, copied);
        },
        nullptr,
        [this, asked, told, call = caller.call](const Copied& copied) {
            *told = true;
            m_core.attempt_for(call, [&] { return written(asked, copied, call); });
        });
    return {};
}

Result<> Conveying::written(const StoreOutput& asked, const Copied& copied, const CallPointer& call) {
    Lent* lease = lent(asked.id, asked.epoch);
    if (!lease) return fenced();
    auto file = std::make_shared<Descriptor>(TRY(open_read_only(m_core.spool.staged(asked.id, asked.epoch))));
    lease->staged = StagedOutput{copied.size, copied.digest};
    m_core.batch.answer(call, OutputStored{copied.size, copied.digest}, std::move(file));
    return {};
}

void Conveying::stored(const StoreOutput& asked, const Copied& copied) {
    Lent* lease = lent(asked.id, asked.epoch);
    if (!lease || copied.error) m_core.spool.remove(m_core.spool.staged(asked.id, asked.epoch));
    if (!lease) return;
    const auto early = std::exchange(lease->early, std::nullopt);
    if (!copied.error) {
        lease->durable = true;
        if (early) m_core.attempt_for(early->second.call, [&] { return complete(early->first, early->second); });
        return;
    }
    if (early) m_core.batch.refuse(early->second.call, *copied.error);
    if (lease->staged) take_back(asked.id, copied.error->code, false); // the disk failed after it was said to be there
}

Result<> Conveying::complete(const Complete& said, const Caller& caller) {
    auto transfer = TRY(m_core.journal.find(said.id));
    Lent* lease = lent(said.id, said.epoch);
    if (!transfer || !lease || transfer->state != State::processing || transfer->epoch != said.epoch) return fenced();
    const std::optional<StagedOutput> staged = lease->staged;
    if (const auto fits = check_completion(said, *transfer, staged); !fits)
        return lied(*transfer, said, fits.error(), caller);
    if (lease->early) return reject("conveyor.order", "this result was told already");
    if (staged && !lease->durable) {
        lease->early.emplace(said, caller);
        return {};
    }
    std::vector<StageReceipt> before;
    if (transfer->attempts > 1) before = TRY(m_core.journal.receipts(*transfer));
    TRY(m_core.journal.set_receipts(*transfer, said.receipts));
    TRY(record_stages(*transfer, said.receipts));
    transfer->findings = 0;
    for (const StageReceipt& receipt : said.receipts)
        transfer->findings += static_cast<std::uint32_t>(receipt.findings.size()) + receipt.omitted;
    if (said.has_ticket) {
        transfer->ticket = encode(said.ticket);
        transfer->digest_out = staged->digest;
        transfer->bytes_out = staged->size;
        transfer->type_out = said.ticket.type;
    }
    if (said.receipts.size() > 1) transfer->type_in = said.receipts[1].type_in;
    TRY(m_decide(*transfer, said.receipts, before));
    m_core.batch.after([this, id = said.id] { m_lent.erase(id); });
    m_core.batch.answer(caller.call, Done{});
    return {};
}

Result<> Conveying::record_stages(const Transfer& transfer, const std::vector<StageReceipt>& receipts) {
    for (const StageReceipt& receipt : receipts) {
        TRY(m_core.record(Event::transfer_stage, &transfer, [&](JsonWriter& json) {
            json.member("stage", name_of(receipt.stage)).member("verdict", name_of(receipt.verdict));
            if (receipt.reason != Reason::none) json.member("reason", row_of(receipt.reason).code);
            json.member("epoch", transfer.epoch).member("digest_in", to_hex(receipt.digest_in));
            json.member("digest_out", to_hex(receipt.digest_out));
            json.member("type", row_of(receipt.type_in).name).member("level", name_of(receipt.level));
            if (const std::string chosen = to_text(transfer.options); !chosen.empty()) json.member("options", chosen);
            json.member("microseconds", receipt.wall_microseconds).member("version", receipt.engine_version);
            json.key("findings").begin_array();
            for (const FindingRecord& finding : receipt.findings) json.text(row_of(finding.entry.finding).code);
            json.end_array();
        }));
    }
    return {};
}

// Somebody who speaks for the conveyor says what cannot be true. The file gets another try, and the log a record.
Result<> Conveying::lied(Transfer& transfer, const Complete& said, const Error& error, const Caller& caller) {
    TRY(m_core.record(Event::conveyor_lied, &transfer, [&](JsonWriter& json) {
        json.member("epoch", said.epoch).member("code", error.code).member("why", error.message);
    }));
    TRY(try_again(transfer, Reason::worker_lied, error.code));
    m_core.batch.after([this, id = said.id] { m_lent.erase(id); });
    m_core.batch.refuse(caller.call, error);
    return {};
}

Result<> Conveying::try_again(Transfer& transfer, Reason reason, std::string_view why,
                              std::chrono::milliseconds pause) {
    m_core.batch.after(
        [this, id = transfer.id, epoch = transfer.epoch] { m_core.spool.remove(m_core.spool.staged(id, epoch)); });
    transfer.ticket.clear();
    if (transfer.attempts < m_core.options.conveyor_attempts) {
        transfer.state = State::received;
        m_core.batch.after([this, id = transfer.id, pause] { m_core.loop.after(pause, [this, id] { offer(id); }); });
        return m_core.save(transfer);
    }
    transfer.state = State::failed;
    transfer.reason = reason;
    TRY(m_core.record(Event::transfer_failed, &transfer, [&](JsonWriter& json) {
        json.member("attempts", transfer.attempts).member("reason", row_of(reason).code).member("why", why);
    }));
    TRY(m_core.discard(transfer));
    return m_core.save(transfer);
}

std::chrono::milliseconds Conveying::pause_of(const Transfer& transfer) const {
    const auto pause = m_core.options.retry_pause * (1U << std::min(transfer.attempts, 6U)) / 2;
    return std::min<std::chrono::milliseconds>(pause, m_core.options.longest_pause);
}

void Conveying::take_back(const TransferId& id, std::string_view why, bool at_once) {
    const auto outcome = m_core.attempt([&]() -> Result<> {
        auto transfer = TRY(m_core.journal.find(id));
        if (!transfer || transfer->state != State::processing) return {};
        return try_again(*transfer, Reason::internal, why,
                         at_once ? std::chrono::milliseconds(0) : pause_of(*transfer));
    });
    if (outcome) m_lent.erase(id);
}

// Nothing says that the file or a stage is at fault: the next line that asks gets it.
void Conveying::look_for_lost() {
    std::vector<TransferId> lost;
    for (const auto& [id, lease] : m_lent)
        if (!lease.call->peer_is_connected()) lost.push_back(id);
    for (const TransferId& id : lost) take_back(id, "the conveyor is gone", true);
}

void Conveying::tick() {
    const auto now = Clock::now();
    std::erase_if(m_waiting, [&](const Waiting& waiting) {
        if (waiting.until > now && waiting.call->peer_is_connected()) return false;
        Leased none;
        none.nothing = true;
        m_core.batch.answer(waiting.call, none);
        return true;
    });
    look_for_lost();
    std::vector<TransferId> late;
    for (const auto& [id, lease] : m_lent)
        if (lease.until <= now) late.push_back(id);
    for (const TransferId& id : late) take_back(id, "the conveyor took too long", false);
}

} // namespace sekisho::ledger
