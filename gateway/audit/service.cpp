#include "gateway/audit/service.h"

#include <chrono>

#include <fmt/format.h>

#include "gateway/audit/receipt.h"
#include "gateway/protocol/audit.h"

namespace sekisho::audit {

namespace {

std::int64_t now_milliseconds() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

Service::Service(Loop& loop, Log log, SigningKey key, const Options& options)
    : m_loop(loop), m_log(std::move(log)), m_key(std::move(key)), m_options(options) {
    m_loop.after_each_batch([this] { write_pending(); });
    sign_when_due();
}

void Service::handle(Call call) {
    switch (call.frame.type) {
    case Append::type:
        return take_append(std::move(call));
    case GetPosition::type: {
        Appended position;
        position.source_sequence = m_log.position_of(call.peer);
        position.leaf = m_log.size() == 0 ? 0 : m_log.size() - 1;
        return call.answer(position);
    }
    case GetProof::type:
        return answer_proof(call);
    case SignReceipt::type:
        return sign(call);
    default:
        return call.close();
    }
}

void Service::sign(const Call& call) const {
    const auto asked = decode<SignReceipt>(call.frame.payload);
    if (!asked || call.peer != "ledger") return call.close();
    call.answer(ReceiptSignature{sign_receipt(asked->digest, m_key)});
}

void Service::take_append(Call call) {
    auto append = decode<Append>(call.frame.payload);
    if (!append || append->records.empty()) return call.close();
    Pending pending;
    pending.source_sequence = append->records.back().source_sequence;
    for (Record& record : append->records)
        pending.records.push_back({call.peer, record.source_sequence, std::move(record.body)});
    pending.call = std::move(call);
    m_pending.push_back(std::move(pending));
}

void Service::write_pending() {
    if (m_pending.empty()) return;
    const auto taken = std::exchange(m_pending, {});
    std::vector<NewRecord> all;
    for (const Pending& pending : taken) all.insert(all.end(), pending.records.begin(), pending.records.end());
    auto written = m_log.append(all, now_milliseconds());
    std::size_t next = 0; // of this source's records among all
    for (const Pending& pending : taken) {
        next += pending.records.size();
        if (written) {
            pending.call.answer(Appended{pending.source_sequence, (*written)[next - 1]});
            continue;
        }
        // One source's malformed record must not keep the others out: then each is written on its own.
        const auto alone = taken.size() > 1 ? m_log.append(pending.records, now_milliseconds()) : written;
        alone ? pending.call.answer(Appended{pending.source_sequence, alone->back()})
              : pending.call.refuse(alone.error());
    }
    if (m_log.size() - m_log.last_checkpoint_size() >= m_options.checkpoint_records)
        (void)m_log.write_checkpoint(m_key, now_milliseconds() / 1000);
}

void Service::sign_when_due() {
    if (m_log.size() > m_log.last_checkpoint_size()) {
        const auto signed_now = m_log.write_checkpoint(m_key, now_milliseconds() / 1000);
        if (!signed_now) fmt::print(stderr, "{}\n", to_line(signed_now.error()));
    }
    m_loop.after(std::chrono::seconds(m_options.checkpoint_seconds), [this] { sign_when_due(); });
}

void Service::answer_proof(const Call& call) {
    const auto question = decode<GetProof>(call.frame.payload);
    if (!question) return call.close();
    const auto proof = make_proof(m_log, question->leaf, m_key, now_milliseconds() / 1000);
    if (!proof) return call.refuse(proof.error());
    call.answer(sekisho::audit::ProofAnswer{to_json(*proof)});
}

} // namespace sekisho::audit
