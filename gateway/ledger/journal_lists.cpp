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
// Indexes are named where SQLite would rather walk through everything that was ever delivered. Their conditions are
// repeated word by word, or it would not take them.
static_assert(number_of(State::delivered) == 5 && number_of(State::held) == 4); // schema.h
const std::string active = "INDEXED BY transfers_active WHERE state < 5";
const std::string kept = "INDEXED BY transfers_expiry WHERE state = 5 AND expires > 0";
const std::string leafless_between =
    "INDEXED BY transfers_leafless WHERE state = 5 AND leaf < 0 AND released_sequence BETWEEN ? AND ?";
// A cursor of 0 begins at the newest.
constexpr std::string_view newest_first = " AND (?=0 OR number<?) ORDER BY number DESC LIMIT ?";

void bind_cursor(Binder& binder, const Page& page) {
    binder.bind(page.before);
    binder.bind(page.before);
    binder.bind(page.most);
}

} // namespace

Result<std::vector<Transfer>> Journal::in_state(State state) {
    if (state >= State::delivered) bug("only transfers on their way are looked up by state");
    static const std::string sql = selection(active + " AND state=? ORDER BY number");
    return transfers(sql, [&](Binder& binder) { binder.bind(number_of(state)); });
}

Result<std::vector<TransferId>> Journal::ids_in_state(State state) {
    std::vector<TransferId> ids;
    for (const Transfer& transfer : TRY(in_state(state))) ids.push_back(transfer.id);
    return ids;
}

Result<std::vector<Transfer>> Journal::expired(std::int64_t now) {
    static const std::string uploads = selection(active + " AND state=? AND expires>0 AND expires<? LIMIT 256");
    static const std::string delivered = selection(kept + " AND expires<? ORDER BY expires LIMIT 256");
    auto found = TRY(transfers(uploads, [&](Binder& binder) {
        binder.bind(number_of(State::uploading));
        binder.bind(now);
    }));
    for (Transfer& transfer : TRY(transfers(delivered, [&](Binder& binder) { binder.bind(now); })))
        found.push_back(std::move(transfer));
    return found;
}

Result<std::vector<Transfer>> Journal::due(std::int64_t now) {
    static const std::string sql = selection(active + " AND state=? AND expires>0 AND expires<=? LIMIT 256");
    return transfers(sql, [&](Binder& binder) {
        binder.bind(number_of(State::held));
        binder.bind(now);
    });
}

Result<std::vector<Transfer>> Journal::released_between(std::uint64_t first, std::uint64_t last) {
    static const std::string sql = selection(leafless_between);
    return transfers(sql, [&](Binder& binder) {
        binder.bind(first);
        binder.bind(last);
    });
}

Result<> Journal::note_leaves(std::uint64_t first, std::uint64_t last, std::uint64_t last_leaf) {
    TRY(begin());
    // In two steps, because an index that changes under the statement that walks along it is no good guide.
    static const std::string numbers = fmt::format("SELECT number, released_sequence FROM transfers {}", leafless_between);
    std::vector<std::pair<std::int64_t, std::int64_t>> leaves;
    TRY(m_database.each(
        numbers,
        [&](Row& row) {
            const std::int64_t number = row.number();
            const auto before = static_cast<std::int64_t>(last) - row.number();
            leaves.emplace_back(number, static_cast<std::int64_t>(last_leaf) - before);
        },
        first, last));
    for (const auto& [number, leaf] : leaves)
        TRY(m_database.run("UPDATE transfers SET leaf=? WHERE number=?", leaf, number));
    return {};
}

Result<std::map<State, std::uint64_t>> Journal::count_states() {
    static const std::string on_their_way = fmt::format("SELECT state, count(*) FROM transfers {} GROUP BY state", active);
    static const std::string delivered = fmt::format("SELECT count(*) FROM transfers {}", kept);
    std::map<State, std::uint64_t> counts;
    TRY(m_database.each(on_their_way, [&](Row& row) {
        const auto state = static_cast<State>(row.number());
        counts[state] = static_cast<std::uint64_t>(row.number());
    }));
    TRY(m_database.each(delivered,
                        [&](Row& row) { counts[State::delivered] = static_cast<std::uint64_t>(row.number()); }));
    return counts;
}

Result<std::uint64_t> Journal::unfinished_uploads(std::string_view person) {
    static const std::string sql = fmt::format("SELECT count(*) FROM transfers {} AND person=? AND state=?", active);
    std::uint64_t count = 0;
    TRY(m_database.each(
        sql, [&](Row& row) { count = static_cast<std::uint64_t>(row.number()); }, person, number_of(State::uploading)));
    return count;
}

Result<std::vector<Transfer>> Journal::sent(const Page& page) {
    static const std::string sql = selection(fmt::format(
        "WHERE person=? AND zone_from=? AND (+state NOT IN {} OR changed>=?){}", finished, newest_first));
    return transfers(sql, [&](Binder& binder) {
        binder.bind(page.person);
        binder.bind(page.zone);
        binder.bind(page.not_older);
        bind_cursor(binder, page);
    });
}

Result<std::vector<Transfer>> Journal::inbox(const Page& page) {
    static const std::string sql = selection(fmt::format("WHERE recipient=? AND zone_to=? AND +state={}{}",
                                                         number_of(State::delivered), newest_first));
    return transfers(sql, [&](Binder& binder) {
        binder.bind(page.person);
        binder.bind(page.zone);
        bind_cursor(binder, page);
    });
}

Result<std::vector<Transfer>> Journal::history(const Page& page) {
    static const std::string sql = selection(fmt::format(
        "WHERE ((person=? AND zone_from=? AND +state IN {}) OR (recipient=? AND zone_to=? AND +state IN {})){}",
        finished, arrived, newest_first));
    return transfers(sql, [&](Binder& binder) {
        binder.bind(page.person);
        binder.bind(page.zone);
        binder.bind(page.person);
        binder.bind(page.zone);
        bind_cursor(binder, page);
    });
}

Result<std::vector<Transfer>> Journal::held(const Page& page) {
    static const std::string sql =
        selection(fmt::format("{} AND state={} AND person<>?{}", active, number_of(State::held), newest_first));
    return transfers(sql, [&](Binder& binder) {
        binder.bind(page.person);
        bind_cursor(binder, page);
    });
}

Result<audit::Record> Journal::add_record(std::string body) {
    TRY(begin());
    if (!m_last_record) m_last_record = std::max(TRY(last_sequence()), m_least_record);
    const std::uint64_t number = *m_last_record + 1;
    TRY(m_database.run("INSERT INTO outbox (sequence,body) VALUES (?,?)", number, std::string_view(body)));
    m_last_record = number;
    return audit::Record{number, std::move(body)};
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
    return m_database.run("DELETE FROM outbox WHERE sequence<=? AND sequence<(SELECT max(sequence) FROM outbox)", up_to);
}

Result<std::uint64_t> Journal::last_sequence() {
    std::uint64_t last = 0;
    TRY(m_database.each("SELECT ifnull(max(sequence),0) FROM outbox",
                        [&](Row& row) { last = static_cast<std::uint64_t>(row.number()); }));
    return last;
}

Result<> Journal::renumber_records(std::uint64_t by) {
    TRY(begin());
    std::uint64_t first = TRY(last_sequence()) + 1;
    TRY(m_database.each("SELECT sequence FROM outbox ORDER BY sequence LIMIT 1",
                        [&](Row& row) { first = static_cast<std::uint64_t>(row.number()); }));
    // Downwards, so that no number is taken twice on the way.
    TRY(m_database.run("UPDATE outbox SET sequence=-sequence"));
    TRY(m_database.run("UPDATE outbox SET sequence=?-sequence", by));
    TRY(m_database.run("UPDATE transfers SET decided_sequence=decided_sequence+? WHERE decided_sequence>=?", by,
                       first));
    TRY(m_database.run("UPDATE transfers SET released_sequence=released_sequence+? WHERE released_sequence>=?", by,
                       first));
    m_least_record = by;
    m_last_record.reset();
    return {};
}

} // namespace sekisho::ledger
