#include "gateway/ledger/upkeep.h"

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

#include "base/fault/fault.h"

namespace sekisho::ledger {

namespace {

std::optional<std::uint64_t> size_of(const std::string& path) {
    const auto file = open_read_only(path);
    if (!file) return std::nullopt;
    const auto size = file_size(*file);
    return size ? std::optional(*size) : std::nullopt;
}

} // namespace

Result<> Upkeep::recover() {
    Counts counts;
    TRY(m_core.attempt([&]() -> Result<> {
        TRY(recover_uploads(counts));
        TRY(recover_processing(counts));
        TRY(recover_received(counts));
        counts.releasing = TRY(m_core.journal.ids_in_state(State::releasing)).size();
        TRY(remove_orphans(counts));
        TRY(m_core.record(Event::ledger_recovered, nullptr, [&](JsonWriter& json) {
            json.member("resumed", counts.resumed).member("cut", counts.cut).member("requeued", counts.requeued);
            json.member("releasing", counts.releasing).member("lost", counts.lost).member("orphans", counts.orphans);
        }));
        TRY(m_core.record(m_core.judge.present() ? Event::policy_loaded : Event::policy_missing, nullptr,
                          [&](JsonWriter& json) { json.member("policy", m_core.judge.digest()); }));
        return {};
    }));
    SEKISHO_FAULT("ledger.in-recovery");
    if (m_core.spool.writable()) TRY(m_core.spool.sync_all());
    return {};
}

// The journal's offset is what was acknowledged. More is there if the end came before the answer: it is cut off before
// the next piece is written, because nobody synced it.
Result<> Upkeep::recover_uploads(Counts& counts) {
    for (Transfer& transfer : TRY(m_core.journal.in_state(State::uploading))) {
        const std::uint64_t there = size_of(m_core.spool.incoming(transfer.id)).value_or(0);
        if (there < transfer.offset) {
            TRY(lose(transfer, counts));
            continue;
        }
        ++counts.resumed;
        if (there > transfer.offset) ++counts.cut;
        m_core.promised += transfer.size - transfer.offset;
    }
    return {};
}

Result<> Upkeep::recover_processing(Counts& counts) {
    for (Transfer& transfer : TRY(m_core.journal.in_state(State::processing))) {
        transfer.state = State::received;
        ++transfer.epoch; // whoever still works on it is fenced off
        TRY(m_core.journal.save(transfer));
        ++counts.requeued;
    }
    return {};
}

Result<> Upkeep::recover_received(Counts& counts) {
    for (Transfer& transfer : TRY(m_core.journal.in_state(State::received))) {
        if (size_of(m_core.spool.input(transfer.id)) == transfer.size) continue;
        const auto content = TRY(m_core.journal.content(transfer));
        if (content && content->size() == transfer.size) continue;
        if (size_of(m_core.spool.incoming(transfer.id)) != transfer.size)
            TRY(lose(transfer, counts));
        else
            TRY(m_core.spool.take_in(transfer.id));
    }
    return {};
}

Result<> Upkeep::lose(Transfer& transfer, Counts& counts) {
    ++counts.lost;
    transfer.state = State::failed;
    transfer.reason = Reason::internal;
    TRY(m_core.record(Event::transfer_failed, &transfer, [&](JsonWriter& json) {
        json.member("why", "acknowledged content is missing from the spool").member("name", transfer.name);
    }));
    return m_core.journal.save(transfer);
}

Result<bool> Upkeep::is_needed(const TransferId& id, std::initializer_list<State> states) {
    const auto transfer = TRY(m_core.journal.find(id));
    return transfer && std::ranges::find(states, transfer->state) != states.end();
}

Result<bool> Upkeep::is_staged(const TransferId& id, std::uint32_t epoch) {
    const auto transfer = TRY(m_core.journal.find(id));
    if (!transfer || transfer->epoch != epoch) return false;
    return transfer->state == State::held || transfer->state == State::releasing;
}

void Upkeep::remove(const std::string& path, Counts& counts) {
    ++counts.orphans;
    m_core.spool.remove(path);
}

Result<> Upkeep::remove_orphans(Counts& counts) {
    for (const auto& file : m_core.spool.list_incoming())
        if (!file.id || !TRY(is_needed(*file.id, {State::uploading}))) remove(file.path, counts);
    for (const auto& file : m_core.spool.list_input())
        if (!file.id || !TRY(is_needed(*file.id, {State::received, State::held, State::releasing})))
            remove(file.path, counts);
    for (const auto& file : m_core.spool.list_staging())
        if (!file.id || !TRY(is_staged(*file.id, file.epoch))) remove(file.path, counts);
    for (const auto& file : m_core.spool.list_egress()) {
        if (!file.id || TRY(is_needed(*file.id, {State::delivered, State::releasing}))) continue;
        ++counts.orphans;
        m_remove(*file.id, file.zone);
    }
    return {};
}

Result<> Upkeep::expire() {
    return m_core.attempt([this]() -> Result<> {
        for (Transfer& transfer : TRY(m_core.journal.expired(m_core.now()))) {
            const bool upload = transfer.state == State::uploading;
            if (upload) m_core.batch.after([this, left = transfer.size - transfer.offset] { m_core.promised -= left; });
            if (!upload) m_core.batch.after([this, id = transfer.id, zone = transfer.zone_to] { m_remove(id, zone); });
            transfer.state = State::expired;
            transfer.expires = 0;
            TRY(m_core.record(Event::transfer_expired, &transfer, [&](JsonWriter& json) {
                json.member("what", upload ? "upload" : "delivered").member("sender", transfer.sender.person);
                json.member("recipient", transfer.recipient).member("name", transfer.name);
            }));
            TRY(m_core.save(transfer));
            TRY(m_core.discard(transfer));
        }
        return {};
    });
}

} // namespace sekisho::ledger
