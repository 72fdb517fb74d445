#include "gateway/ledger/journal.h"

#include <fmt/format.h>

#include "base/fault/fault.h"
#include "gateway/ledger/columns.h"
#include "gateway/ledger/schema.h"

namespace sekisho::ledger {

namespace {

const ColumnNames& transfer_columns() {
    static const ColumnNames names = [] {
        ColumnNames made;
        Transfer sample;
        Transfer::columns(sample, made);
        return made;
    }();
    return names;
}

std::string changing_assignments() {
    ColumnNames made;
    Transfer sample;
    Transfer::changing_columns(sample, made);
    return made.assignments;
}

} // namespace

Result<Journal> Journal::open(const std::string& path) {
    Journal journal(TRY(Database::open(path)));
    TRY(journal.upgrade());
    return journal;
}

Result<> Journal::upgrade() {
    std::int64_t version = 0;
    TRY(m_database.each("PRAGMA user_version", [&](Row& row) { version = row.number(); }));
    if (version > schema_version) return fail("journal.newer", "the journal was written by a newer version");
    if (version == schema_version) return {};
    TRY(m_database.script("BEGIN IMMEDIATE"));
    TRY(m_database.script(schema));
    return m_database.script("COMMIT");
}

Result<> Journal::begin() {
    if (m_writing) return {};
    TRY(m_database.run("BEGIN IMMEDIATE"));
    m_writing = true;
    m_changes_before = m_database.changes();
    m_undone.reset();
    return {};
}

Error Journal::undone(const Result<>& outcome) {
    if (!m_undone)
        m_undone = outcome ? fail("journal.unwritable", "the transaction was undone").error() : outcome.error();
    return *m_undone;
}

Result<> Journal::commit() {
    if (!m_writing) return {};
    SEKISHO_FAULT("ledger.before-commit");
    // SQLite undoes a whole transaction by itself after some errors.
    if (!m_database.in_transaction()) {
        m_writing = false;
        return std::unexpected(undone({}));
    }
    const auto done = m_database.run("COMMIT");
    if (!done) {
        roll_back();
        return done;
    }
    m_writing = false;
    SEKISHO_FAULT("ledger.after-commit");
    return {};
}

void Journal::roll_back() {
    if (m_database.in_transaction()) static_cast<void>(m_database.run("ROLLBACK"));
    m_writing = false;
}

Result<> Journal::atomically(const std::function<Result<>()>& work) {
    TRY(begin());
    if (!m_database.in_transaction()) return std::unexpected(undone({}));
    TRY(m_database.run("SAVEPOINT one"));
    auto outcome = work();
    if (!m_database.in_transaction()) return std::unexpected(undone(outcome));
    if (!outcome) TRY(m_database.run("ROLLBACK TO one"));
    TRY(m_database.run("RELEASE one"));
    return outcome;
}

Result<> Journal::insert(Transfer& transfer) {
    static const std::string sql =
        fmt::format("INSERT INTO transfers ({}) VALUES ({})", transfer_columns().names, transfer_columns().marks);
    TRY(begin());
    TRY(m_database.statement(
        sql,
        [&](Binder& binder) {
            ColumnWriter writer(binder);
            Transfer::columns(transfer, writer);
        },
        [](Row&) {}));
    transfer.number = m_database.last_number();
    return {};
}

Result<> Journal::save(const Transfer& transfer) {
    static const std::string sql = fmt::format("UPDATE transfers SET {} WHERE number=?", changing_assignments());
    TRY(begin());
    return m_database.statement(
        sql,
        [&](Binder& binder) {
            ColumnWriter writer(binder);
            Transfer::changing_columns(transfer, writer);
            binder.bind(transfer.number);
        },
        [](Row&) {});
}

Result<std::vector<Transfer>> Journal::transfers(std::string_view condition, const std::function<void(Binder&)>& bind) {
    std::vector<Transfer> found;
    const std::string sql =
        fmt::format("SELECT number,{} FROM transfers WHERE {}", transfer_columns().names, condition);
    TRY(m_database.statement(sql, bind, [&](Row& row) {
        Transfer& transfer = found.emplace_back();
        transfer.number = static_cast<std::uint64_t>(row.number());
        ColumnReader reader(row);
        Transfer::columns(transfer, reader);
    }));
    return found;
}

Result<std::optional<Transfer>> Journal::find(const TransferId& id) {
    auto found = TRY(transfers("id=?", [&](Binder& binder) { binder.bind(View(id)); }));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

Result<> Journal::set_receipts(const TransferId& id, const std::vector<StageReceipt>& receipts) {
    TRY(begin());
    TRY(m_database.run("DELETE FROM receipts WHERE transfer=?", View(id)));
    std::int64_t position = 0;
    for (const StageReceipt& receipt : receipts) {
        StableEncoder encoder;
        encoder.inside(receipt);
        const Bytes body = encoder.take();
        TRY(m_database.run("INSERT INTO receipts (transfer,position,body) VALUES (?,?,?)", View(id), position++,
                           View(body)));
    }
    return {};
}

Result<std::vector<StageReceipt>> Journal::receipts(const TransferId& id) {
    std::vector<StageReceipt> receipts;
    bool good = true;
    TRY(m_database.each(
        "SELECT body FROM receipts WHERE transfer=? ORDER BY position",
        [&](Row& row) {
            const Bytes body = row.blob();
            StableDecoder decoder(body);
            decoder.inside(receipts.emplace_back());
            good = good && decoder.finished();
        },
        View(id)));
    if (!good) return fail("journal.damaged", "a receipt in the journal cannot be read");
    return receipts;
}

Result<> Journal::add_approval(const TransferId& id, const ApprovalRow& approval) {
    TRY(begin());
    const std::string groups = joined(approval.approver.groups);
    return m_database.run(
        "INSERT INTO approvals (transfer,account,person,display,groups,approved,zone,reason,time,digest_out)"
        " VALUES (?,?,?,?,?,?,?,?,?,?)",
        View(id), std::string_view(approval.approver.account), std::string_view(approval.approver.person),
        std::string_view(approval.approver.display), std::string_view(groups), approval.approved,
        std::string_view(approval.zone), std::string_view(approval.reason), approval.time, View(approval.digest_out));
}

Result<std::vector<ApprovalRow>> Journal::approvals(const TransferId& id) {
    std::vector<ApprovalRow> approvals;
    TRY(m_database.each(
        "SELECT account,person,display,groups,approved,zone,reason,time,digest_out FROM approvals WHERE transfer=? "
        "ORDER BY number",
        [&](Row& row) {
            ApprovalRow& approval = approvals.emplace_back();
            ColumnReader reader(row);
            reader("", approval.approver.account);
            reader("", approval.approver.person);
            reader("", approval.approver.display);
            reader("", approval.approver.groups);
            reader("", approval.approved);
            reader("", approval.zone);
            reader("", approval.reason);
            reader("", approval.time);
            reader("", approval.digest_out);
        },
        View(id)));
    return approvals;
}

} // namespace sekisho::ledger
