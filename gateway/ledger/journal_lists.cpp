// The questions that the journal answers about many transfers.
#include "gateway/ledger/journal.h"

#include <fmt/format.h>

namespace sekisho::ledger {

namespace {

constexpr int number_of(State state) {
    return static_cast<int>(state);
}

// States in which nothing happens any more.
const std::string finished = fmt::format("({},{},{},{},{},{})", number_of(State::delivered), number_of(State::refused),
                                         number_of(State::sent_back), number_of(State::failed),
                                         number_of(State::withdrawn), number_of(State::expired));
// What a recipient may know of: never what did not reach them.
const std::string arrived = fmt::format("({},{})", number_of(State::delivered), number_of(State::expired));
// Named, because SQLite would rather walk through everything that was ever delivered.
constexpr std::string_view by_leafless = "INDEXED BY transfers_leafless";
const std::string leafless_between =
    fmt::format("WHERE state={} AND leaf<0 AND released_sequence BETWEEN ? AND ?", number_of(State::delivered));
// A cursor of 0 begins at the newest.
constexpr std::string_view newest_first = " AND (?=0 OR number<?) ORDER BY number DESC LIMIT ?";

void bind_cursor(Binder& binder, const Page& page) {
    binder.bind(page.before);
    binder.bind(page.before);
    binder.bind(page.most);
}

} // namespace

Result<std::vector<Transfer>> Journal::in_state(State state) {
    return transfers("state=? ORDER BY number", [&](Binder& binder) { binder.bind(number_of(state)); });
}

Result<std::vector<TransferId>> Journal::ids_in_state(State state) {
    std::vector<TransferId> ids;
    TRY(m_database.each(
        "SELECT id FROM transfers WHERE state=? ORDER BY number",
        [&](Row& row) {
            const Bytes id = row.blob();
            std::copy_n(id.begin(), std::min(id.size(), TransferId{}.size()), ids.emplace_back().begin());
        },
        number_of(state)));
    return ids;
}

Result<std::vector<Transfer>> Journal::expired(std::int64_t now) {
    return transfers("expires>0 AND expires<? ORDER BY expires LIMIT 256", [&](Binder& binder) { binder.bind(now); });
}

Result<std::vector<Transfer>> Journal::released_between(std::uint64_t first, std::uint64_t last) {
    const std::string condition =
        fmt::format("number IN (SELECT number FROM transfers {} {})", by_leafless, leafless_between);
    return transfers(condition, [&](Binder& binder) {
        binder.bind(first);
        binder.bind(last);
    });
}

Result<> Journal::note_leaves(std::uint64_t first, std::uint64_t last, std::uint64_t last_leaf) {
    static const std::string sql =
        fmt::format("UPDATE transfers {} SET leaf=?-(?-released_sequence) {}", by_leafless, leafless_between);
    TRY(begin());
    return m_database.run(sql, last_leaf, last, first, last);
}

Result<std::map<State, std::uint64_t>> Journal::count_states() {
    std::map<State, std::uint64_t> counts;
    TRY(m_database.each("SELECT state, count(*) FROM transfers GROUP BY state", [&](Row& row) {
        const auto state = static_cast<State>(row.number());
        counts[state] = static_cast<std::uint64_t>(row.number());
    }));
    return counts;
}

Result<std::uint64_t> Journal::unfinished_uploads(std::string_view person) {
    std::uint64_t count = 0;
    TRY(m_database.each(
        "SELECT count(*) FROM transfers WHERE state=? AND +person=?",
        [&](Row& row) { count = static_cast<std::uint64_t>(row.number()); }, number_of(State::uploading), person));
    return count;
}

Result<std::vector<Transfer>> Journal::sent(const Page& page) {
    const std::string condition =
        fmt::format("person=? AND zone_from=? AND (+state NOT IN {} OR changed>=?){}", finished, newest_first);
    return transfers(condition, [&](Binder& binder) {
        binder.bind(page.person);
        binder.bind(page.zone);
        binder.bind(page.not_older);
        bind_cursor(binder, page);
    });
}

Result<std::vector<Transfer>> Journal::inbox(const Page& page) {
    const std::string condition =
        fmt::format("recipient=? AND zone_to=? AND +state={}{}", number_of(State::delivered), newest_first);
    return transfers(condition, [&](Binder& binder) {
        binder.bind(page.person);
        binder.bind(page.zone);
        bind_cursor(binder, page);
    });
}

Result<std::vector<Transfer>> Journal::history(const Page& page) {
    const std::string condition =
        fmt::format("((person=? AND zone_from=? AND +state IN {}) OR (recipient=? AND zone_to=? AND +state IN {})){}",
                    finished, arrived, newest_first);
    return transfers(condition, [&](Binder& binder) {
        binder.bind(page.person);
        binder.bind(page.zone);
        binder.bind(page.person);
        binder.bind(page.zone);
        bind_cursor(binder, page);
    });
}

Result<std::vector<Transfer>> Journal::held(const Page& page) {
    const std::string condition = fmt::format("state={} AND person<>?{}", number_of(State::held), newest_first);
    return transfers(condition, [&](Binder& binder) {
        binder.bind(page.person);
        bind_cursor(binder, page);
    });
}

Result<audit::Record> Journal::add_record(std::string body) {
    TRY(begin());
    TRY(m_database.run("INSERT INTO outbox (body) VALUES (?)", std::string_view(body)));
    return audit::Record{m_database.last_number(), std::move(body)};
}

Result<std::vector<audit::Record>> Journal::outbox() {
    std::vector<audit::Record> records;
    TRY(m_database.each("SELECT sequence, body FROM outbox ORDER BY sequence", [&](Row& row) {
        audit::Record& record = records.emplace_back();
        record.source_sequence = static_cast<std::uint64_t>(row.number());
        record.body = row.text();
    }));
    return records;
}

Result<> Journal::remove_records(std::uint64_t up_to) {
    TRY(begin());
    return m_database.run("DELETE FROM outbox WHERE sequence<=?", up_to);
}

Result<std::uint64_t> Journal::last_sequence() {
    std::uint64_t last = 0;
    TRY(m_database.each("SELECT seq FROM sqlite_sequence WHERE name='outbox'",
                        [&](Row& row) { last = static_cast<std::uint64_t>(row.number()); }));
    return last;
}

Result<> Journal::renumber_records(std::uint64_t by) {
    TRY(begin());
    const std::uint64_t last = TRY(last_sequence());
    std::uint64_t first = last + 1;
    TRY(m_database.each("SELECT sequence FROM outbox ORDER BY sequence LIMIT 1",
                        [&](Row& row) { first = static_cast<std::uint64_t>(row.number()); }));
    // Downwards, so that no number is taken twice on the way.
    TRY(m_database.run("UPDATE outbox SET sequence=-sequence"));
    TRY(m_database.run("UPDATE outbox SET sequence=?-sequence", by));
    TRY(m_database.run("UPDATE transfers SET decided_sequence=decided_sequence+? WHERE decided_sequence>=?", by,
                       first));
    TRY(m_database.run("UPDATE transfers SET released_sequence=released_sequence+? WHERE released_sequence>=?", by,
                       first));
    TRY(m_database.run("DELETE FROM sqlite_sequence WHERE name='outbox'"));
    return m_database.run("INSERT INTO sqlite_sequence (name,seq) VALUES ('outbox',?)", last + by);
}

} // namespace sekisho::ledger
