#include "gateway/ledger/looking.h"

#include <algorithm>
#include <utility>

#include "gateway/ledger/names.h"
#include "gateway/ledger/receipt_json.h"
#include "sanitizer/name/name.h"

namespace sekisho::ledger {

namespace {

constexpr std::uint64_t most_listed = 50;
constexpr std::uint64_t most_looked_at = 2000;     // held transfers behind one page of the box of approvals
constexpr std::int64_t recent = 30LL * 86'400'000; // milliseconds

bool is_sender(const Transfer& transfer, const Person& viewer, const std::string& zone) {
    return transfer.sender.person == viewer.person && transfer.zone_from == zone;
}

bool is_recipient(const Transfer& transfer, const Person& viewer, const std::string& zone) {
    const bool arrived = transfer.state == State::delivered || transfer.state == State::expired;
    return arrived && transfer.delivered != 0 && transfer.recipient == viewer.person && transfer.zone_to == zone;
}

} // namespace

Summary summary_of(const Transfer& transfer) {
    Summary summary;
    summary.id = transfer.id;
    summary.state = transfer.state;
    summary.name = transfer.bytes_out > 0 ? name_for_type(transfer.name, transfer.type_out) : transfer.name;
    summary.zone_from = transfer.zone_from;
    summary.zone_to = transfer.zone_to;
    summary.sender = transfer.sender.display;
    summary.recipient = transfer.recipient;
    summary.bytes_in = transfer.size;
    summary.bytes_out = transfer.bytes_out;
    summary.offset = transfer.state == State::uploading ? transfer.offset : transfer.size;
    summary.type = transfer.type_out != Type::unknown ? transfer.type_out : transfer.type_in;
    summary.reason = transfer.reason;
    summary.findings = transfer.findings;
    summary.approvals_needed = transfer.approvals_needed;
    summary.approvals_given = transfer.approvals_given;
    summary.created = transfer.created;
    summary.changed = transfer.changed;
    summary.picked_up = transfer.picked_up;
    return summary;
}

Result<std::vector<Transfer>> Looking::rows(const ListTransfers& asked, const Page& page) {
    switch (asked.box) {
    case Box::sent:
        return m_core.journal.sent(page);
    case Box::inbox:
        return m_core.journal.inbox(page);
    case Box::history:
        return m_core.journal.history(page);
    case Box::approval:
    case Box::count:
        break;
    }
    return std::vector<Transfer>{};
}

Result<> Looking::list(const ListTransfers& asked, const Caller& caller) {
    TRY(check_person(asked.viewer));
    const std::uint64_t most = std::clamp<std::uint64_t>(asked.most, 1, most_listed);
    const Page page{asked.viewer.person, caller.zone, asked.before, most + 1, m_core.now() - recent};
    TransferList answer;
    if (asked.box == Box::approval) {
        answer = TRY(approvable(asked, caller, page));
    } else {
        auto found = TRY(rows(asked, page));
        if (found.size() > most) {
            found.resize(most);
            answer.next = found.back().number;
        }
        for (const Transfer& transfer : found) answer.transfers.push_back(summary_of(transfer));
    }
    answer.version = m_core.changes.version();
    answer.emergency = m_core.judge.in_emergency();
    m_core.batch.answer(caller.call, std::move(answer));
    return {};
}

// Who may approve is policy's question, so it is asked for each; a page that would look at too many ends early.
Result<TransferList> Looking::approvable(const ListTransfers& asked, const Caller& caller, Page page) {
    TransferList answer;
    const std::uint64_t most = page.most - 1;
    for (std::uint64_t looked_at = 0; looked_at < most_looked_at; looked_at += page.most) {
        const auto found = TRY(m_core.journal.held(page));
        for (const Transfer& transfer : found) {
            if (answer.transfers.size() == most) {
                answer.next = page.before;
                return answer;
            }
            page.before = transfer.number;
            if (TRY(m_deciding.may_decide(transfer, asked.viewer, caller.zone)))
                answer.transfers.push_back(summary_of(transfer));
        }
        if (found.size() < page.most) return answer;
    }
    answer.next = page.before;
    return answer;
}

Result<Transfer> Looking::visible(const TransferId& id, const Person& viewer, const std::string& zone) {
    TRY(check_person(viewer));
    auto found = TRY(m_core.journal.find(id));
    const auto unknown = [] { return reject("transfer.unknown", "there is no such transfer"); };
    if (!found) return unknown();
    if (is_sender(*found, viewer, zone) || is_recipient(*found, viewer, zone)) return std::move(*found);
    if (TRY(m_deciding.may_decide(*found, viewer, zone))) return std::move(*found);
    for (const ApprovalRow& approval : TRY(m_core.journal.approvals(id)))
        if (approval.approver.person == viewer.person && approval.zone == zone) return std::move(*found);
    return unknown();
}

Result<> Looking::get(const GetTransfer& asked, const Caller& caller) {
    const Transfer transfer = TRY(visible(asked.id, asked.viewer, caller.zone));
    TransferDetail detail;
    detail.summary = summary_of(transfer);
    detail.comment = transfer.comment;
    detail.message = transfer.message;
    detail.rules = transfer.rules;
    detail.policy_digest = transfer.policy_digest;
    detail.options.options = transfer.options;
    detail.stages = TRY(m_core.journal.receipts(transfer));
    for (const ApprovalRow& row : TRY(m_core.journal.approvals(transfer.id))) {
        if (detail.approvals.size() == 8) break;
        detail.approvals.push_back({row.approver.display, row.approved, row.reason, row.time});
    }
    detail.may_approve = TRY(m_deciding.may_decide(transfer, asked.viewer, caller.zone));
    m_core.batch.answer(caller.call, std::move(detail));
    return {};
}

Result<> Looking::open(const OpenDelivered& asked, const Caller& caller) {
    TRY(check_person(asked.viewer));
    auto transfer = TRY(m_core.journal.find(asked.id));
    if (!transfer || transfer->state != State::delivered || !is_recipient(*transfer, asked.viewer, caller.zone))
        return reject("transfer.unknown", "there is no such transfer");
    auto file =
        std::make_shared<Descriptor>(TRY(open_read_only(m_core.spool.delivered(transfer->id, transfer->zone_to))));
    if (TRY(file_size(*file)) != transfer->bytes_out) return fail("storage.damaged", "the delivered file is damaged");
    TRY(m_core.record(Event::transfer_picked_up, &*transfer, [&](JsonWriter& json) {
        json.member("recipient", asked.viewer.person).member("account", asked.viewer.account);
        json.member("digest_out", to_hex(transfer->digest_out));
    }));
    transfer->picked_up = true;
    TRY(m_core.save(*transfer));
    m_core.batch.answer(caller.call,
                        Delivered{name_for_type(transfer->name, transfer->type_out), transfer->bytes_out,
                                  transfer->type_out, transfer->digest_out},
                        std::move(file));
    return {};
}

Result<> Looking::receipt(const GetReceipt& asked, const Caller& caller) {
    TRY(m_core.settle_acknowledged());
    const Transfer transfer = TRY(visible(asked.id, asked.viewer, caller.zone));
    const bool on_its_way = transfer.state == State::delivered && transfer.leaf < 0;
    if (!on_its_way || m_pending.size() >= most_pending) return make_receipt(transfer, caller);
    m_pending.push_back({asked, caller, transfer.released_sequence, std::chrono::steady_clock::now() + proof_patience});
    m_core.hurry_audit();
    return {};
}

void Looking::advance() {
    const auto now = std::chrono::steady_clock::now();
    for (Pending& pending : std::exchange(m_pending, {})) {
        if (pending.sequence > m_core.acknowledged() && now < pending.until) {
            m_pending.push_back(std::move(pending));
            continue;
        }
        m_core.attempt_for(pending.caller.call, [&]() -> Result<> {
            TRY(m_core.settle_acknowledged());
            const auto found = TRY(m_core.journal.find(pending.asked.id));
            if (!found) return reject("transfer.unknown", "there is no such transfer");
            return make_receipt(*found, pending.caller);
        });
    }
}

Result<> Looking::make_receipt(const Transfer& transfer, const Caller& caller) {
    auto content = std::make_shared<ReceiptContent>();
    content->transfer = transfer;
    content->stages = TRY(m_core.journal.receipts(transfer));
    content->approvals = TRY(m_core.journal.approvals(transfer.id));
    // The audit log is asked in another thread; without its proof and signature the receipt says so.
    m_askers.post([call = caller.call, content, &loop = m_core.loop](Client& client) {
        content->proof = fetch_proof(client, content->transfer);
        auto file = std::make_shared<Result<Descriptor>>(receipt_file(*content, client));
        loop.post([call, file] {
            if (!*file) return call->refuse(file->error());
            const int number = (*file)->get();
            call->answer(Receipt{file_size(**file).value_or(0)}, {&number, 1});
        });
    });
    return {};
}

Result<> Looking::wait(const WaitChange& asked, const Caller& caller) {
    TRY(check_person(asked.viewer));
    m_core.batch.after([this, call = caller.call, person = asked.viewer.person, version = asked.version] {
        m_core.changes.wait(call, person, version, std::chrono::steady_clock::now() + m_core.options.wait_longest);
    });
    return {};
}

} // namespace sekisho::ledger
