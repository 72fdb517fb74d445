// The journal: what is true about every transfer. Everything else in this process can be rebuilt from it and the spool.
//
// Writing opens a transaction by itself; commit() ends it for everything that was written since. All calls come from
// the loop's thread.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "gateway/judge/record.h"
#include "gateway/ledger/database.h"
#include "gateway/ledger/transfer_row.h"
#include "gateway/protocol/audit.h"
#include "gateway/protocol/ledger.h"
#include "gateway/protocol/policy.h"

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
    // Held ones whose delay is over.
    Result<std::vector<Transfer>> due(std::int64_t now);
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

    // Received content that has no file in the spool, from the commit that receives it until it is not needed any more.
    Result<> keep_content(const Transfer& transfer, View content);
    Result<std::optional<Bytes>> content(const Transfer& transfer);
    Result<> drop_content(const Transfer& transfer);

    // Replaces the receipts of an earlier try.
    Result<> set_receipts(const Transfer& transfer, const std::vector<StageReceipt>& receipts);
    Result<std::vector<StageReceipt>> receipts(const Transfer& transfer);
    Result<> add_approval(const TransferId& id, const ApprovalRow& approval);
    Result<std::vector<ApprovalRow>> approvals(const TransferId& id);

    // --- policies (journal_policies.cpp)
    // Gives it its number.
    Result<> add_policy(PolicyEntry& entry, View bundle);
    // The one of that number, or the newest for 0.
    Result<std::optional<PolicyEntry>> policy(std::uint64_t number);
    Result<Bytes> policy_bundle(std::uint64_t number);
    Result<std::vector<PolicyEntry>> policies(std::uint64_t before, std::size_t most);
    Result<std::uint64_t> highest_version();
    Result<bool> was_in_force(std::string_view digest);

    Result<> add_decision(const judge::Record& record);
    // Oldest first, until `most_bytes` are together.
    Result<std::vector<judge::Record>> decisions(const ListDecisions& asked, std::size_t most_bytes);
    Result<std::uint64_t> last_decision();
    // At most some of those before `time`.
    Result<> forget_decisions(std::int64_t time);

    struct ShadowRow {
        std::int64_t since = 0; // Unix milliseconds
        std::uint64_t first_decision = 0;
        Bytes bundle;
    };
    Result<> set_shadow(const ShadowRow* row);
    Result<std::optional<ShadowRow>> shadow();
    Result<std::uint64_t> count_differences(std::string_view shadow);
    // The zone in which content that was delivered with this digest first came in; empty if there is none.
    Result<std::string> origin_of(const Digest& digest);

    // The outbox of the audit log. Answers the record with its sequence number.
    Result<audit::Record> add_record(std::string body);
    Result<std::vector<audit::Record>> outbox();
    // All but the very last: its number is where counting goes on.
    Result<> remove_records(std::uint64_t up_to);
    Result<std::uint64_t> last_sequence();
    // Adds `by` to the number of every record that waits, and of every one that will be added.
    Result<> renumber_records(std::uint64_t by);

private:
    explicit Journal(Database database) : m_database(std::move(database)) {}
    Result<> upgrade();
    Result<> upgrade_from_1();
    Result<> upgrade_receipts();
    Result<> upgrade_from_4();
    Result<> begin();
    // `sql` as selection() makes it.
    Result<std::vector<Transfer>> transfers(std::string_view sql, const std::function<void(Binder&)>& bind);

    Database m_database;
    bool m_writing = false;
    std::int64_t m_changes_before = 0;
    std::optional<std::uint64_t> m_last_record; // number of the newest one; unknown after something was undone
    std::uint64_t m_least_record = 0;           // the log has this many of a journal that is new
    std::optional<Error> m_undone;              // why SQLite undid the transaction by itself
    Error undone(const Result<>& outcome);
};

// "SELECT every column FROM transfers REST".
std::string selection(std::string_view rest);

} // namespace sekisho::ledger
