#include "gateway/ledger/journal.h"

#include <fmt/format.h>

#include "base/fault/fault.h"
#include "gateway/ledger/columns.h"

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

std::string selection(std::string_view rest) {
    return fmt::format("SELECT number,{} FROM transfers {}", transfer_columns().names, rest);
}

Result<Journal> Journal::open(const std::string& path) {
    Journal journal(TRY(Database::open(path)));
    TRY(journal.upgrade());
    return journal;
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
    m_last_record.reset();
}

Result<> Journal::atomically(const std::function<Result<>()>& work) {
    TRY(begin());
    if (!m_database.in_transaction()) return std::unexpected(undone({}));
    // A savepoint costs a copy of every page that changes after it. Nothing was written yet that would have to stay if
    // this fails: then the whole transaction goes.
    const bool is_first = !changed();
    if (!is_first) TRY(m_database.run("SAVEPOINT one"));
    auto outcome = work();
    if (!m_database.in_transaction()) return std::unexpected(undone(outcome));
    if (!outcome) m_last_record.reset();
    if (is_first) {
        if (!outcome && changed()) roll_back();
        return outcome;
    }
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

Result<std::vector<Transfer>> Journal::transfers(std::string_view sql, const std::function<void(Binder&)>& bind) {
    std::vector<Transfer> found;
    TRY(m_database.statement(sql, bind, [&](Row& row) {
        Transfer& transfer = found.emplace_back();
        transfer.number = static_cast<std::uint64_t>(row.number());
        ColumnReader reader(row);
        Transfer::columns(transfer, reader);
    }));
    return found;
}

Result<std::optional<Transfer>> Journal::find(const TransferId& id) {
    static const std::string sql = selection("WHERE id=?");
    auto found = TRY(transfers(sql, [&](Binder& binder) { binder.bind(View(id)); }));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

Result<> Journal::keep_content(const Transfer& transfer, View content) {
    TRY(begin());
    return m_database.run("INSERT INTO contents (transfer,body) VALUES (?,?)", transfer.number, content);
}

Result<std::optional<Bytes>> Journal::content(const Transfer& transfer) {
    std::optional<Bytes> found;
    TRY(m_database.each(
        "SELECT body FROM contents WHERE transfer=?", [&](Row& row) { found = row.blob(); }, transfer.number));
    return found;
}

Result<> Journal::drop_content(const Transfer& transfer) {
    TRY(begin());
    return m_database.run("DELETE FROM contents WHERE transfer=?", transfer.number);
}

Result<> Journal::set_receipts(const Transfer& transfer, const std::vector<StageReceipt>& receipts) {
    TRY(begin());
    StableEncoder encoder;
    encoder.list(receipts, static_cast<std::size_t>(Stage::count));
    const Bytes body = encoder.take();
    return m_database.run("INSERT OR REPLACE INTO receipts (transfer,body) VALUES (?,?)", transfer.number, View(body));
}

Result<std::vector<StageReceipt>> Journal::receipts(const Transfer& transfer) {
    std::vector<StageReceipt> receipts;
    bool good = true;
    TRY(m_database.each(
        "SELECT body FROM receipts WHERE transfer=?",
        [&](Row& row) {
            const Bytes body = row.blob();
            StableDecoder decoder(body);
            decoder.list(receipts, static_cast<std::size_t>(Stage::count));
            good = decoder.finished();
        },
        transfer.number));
    if (!good)
        return fail("journal.damaged", "a receipt in the journal cannot be read", {},
                    "Keep a copy of the journal and tell the administrator");
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
