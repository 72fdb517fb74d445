// The journal: what is true about every transfer. Everything else in this process can be rebuilt from it and the spool.
//
// Writing opens a transaction by itself; commit() ends it for everything that was written since. All calls come from
// the loop's thread.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "gateway/ledger/database.h"
#include "gateway/ledger/transfer_row.h"
#include "gateway/protocol/audit.h"
#include "gateway/protocol/ledger.h"

namespace sekisho::ledger {

// Which rows of a box, newest first.
struct Page {
    std::string_view person;
    std::string_view zone;
    std::uint64_t before = 0; // exclusive; 0 = from the newest
    std::uint64_t most = 50;
    std::int64_t not_older = 0; // Unix milliseconds; of finished ones in the box of sent ones
};

class Journal {
public:
    // Makes the file and its tables, or brings an older schema up to date. fail "journal.newer" for a newer one.
    static Result<Journal> open(const std::string& path);

    bool writing() const { return m_writing; }
    // Whether the transaction holds anything that a commit would write.
    bool changed() const { return m_writing && m_database.changes() != m_changes_before; }
    Result<> commit();
    void roll_back();
    // Runs `work`; what it wrote is undone if it fails, and the rest of the transaction stays.
    Result<> atomically(const std::function<Result<>()>& work);

    Result<> insert(Transfer& transfer);
    Result<> save(const Transfer& transfer);
    Result<std::optional<Transfer>> find(const TransferId& id);

    Result<std::vector<Transfer>> in_state(State state);
    Result<std::vector<TransferId>> ids_in_state(State state);
    Result<std::vector<Transfer>> expired(std::int64_t now);
    // Delivered ones whose leaf is not known, by the number of their release record.
    Result<std::vector<Transfer>> released_between(std::uint64_t first, std::uint64_t last);
    // Gives them their leaves, which are in one row up to that of `last`.
    Result<> note_leaves(std::uint64_t first, std::uint64_t last, std::uint64_t last_leaf);
    Result<std::map<State, std::uint64_t>> count_states();
    Result<std::uint64_t> unfinished_uploads(std::string_view person);

    Result<std::vector<Transfer>> sent(const Page& page);
    Result<std::vector<Transfer>> inbox(const Page& page);
    Result<std::vector<Transfer>> history(const Page& page);
    Result<std::vector<Transfer>> held(const Page& page);

    // Replaces the receipts of an earlier try.
    Result<> set_receipts(const TransferId& id, const std::vector<StageReceipt>& receipts);
    Result<std::vector<StageReceipt>> receipts(const TransferId& id);
    Result<> add_approval(const TransferId& id, const ApprovalRow& approval);
    Result<std::vector<ApprovalRow>> approvals(const TransferId& id);

    // The outbox of the audit log. Answers the record with its sequence number.
    Result<audit::Record> add_record(std::string body);
    Result<std::vector<audit::Record>> outbox();
    Result<> remove_records(std::uint64_t up_to);
    Result<std::uint64_t> last_sequence();
    // Adds `by` to the number of every record that waits, and of every one that will be added.
    Result<> renumber_records(std::uint64_t by);

private:
    explicit Journal(Database database) : m_database(std::move(database)) {}
    Result<> upgrade();
    Result<> begin();
    Result<std::vector<Transfer>> transfers(std::string_view condition, const std::function<void(Binder&)>& bind);

    Database m_database;
    bool m_writing = false;
    std::int64_t m_changes_before = 0;
    std::optional<Error> m_undone; // why SQLite undid the transaction by itself
    Error undone(const Result<>& outcome);
};

} // namespace sekisho::ledger
