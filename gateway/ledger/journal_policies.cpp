// Policies, recorded decisions, and where content came from.
#include "gateway/ledger/columns.h"
#include "gateway/ledger/journal.h"

namespace sekisho::ledger {

namespace {

// In the order of PolicyEntry.
constexpr std::string_view entry_columns =
    "SELECT number,time,act,version,title,valid,digest,manifest,author,approvers,reason,break_glass,until FROM "
    "policies ";

PolicyEntry read_entry(Row& row) {
    PolicyEntry entry;
    ColumnReader reader(row);
    reader("", entry.number);
    reader("", entry.time);
    reader("", entry.act);
    reader("", entry.version);
    reader("", entry.title);
    reader("", entry.valid);
    reader("", entry.digest);
    reader("", entry.manifest);
    reader("", entry.author);
    reader("", entry.approvers);
    reader("", entry.reason);
    reader("", entry.break_glass);
    reader("", entry.until);
    return entry;
}

} // namespace

Result<> Journal::add_policy(PolicyEntry& entry, View bundle) {
    TRY(begin());
    const std::string approvers = joined(entry.approvers);
    TRY(m_database.run("INSERT INTO policies (time,act,version,title,valid,digest,manifest,author,approvers,reason,"
                       "break_glass,until,bundle) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                       entry.time, std::string_view(entry.act), entry.version, std::string_view(entry.title),
                       std::string_view(entry.valid), std::string_view(entry.digest), std::string_view(entry.manifest),
                       std::string_view(entry.author), std::string_view(approvers), std::string_view(entry.reason),
                       entry.break_glass, entry.until, bundle));
    entry.number = m_database.last_number();
    return {};
}

Result<std::optional<PolicyEntry>> Journal::policy(std::uint64_t number) {
    static const std::string sql =
        std::string(entry_columns) + "WHERE number=ifnull(nullif(?,0),(SELECT max(number) FROM policies))";
    std::optional<PolicyEntry> found;
    TRY(m_database.each(
        sql, [&](Row& row) { found = read_entry(row); }, number));
    return found;
}

Result<Bytes> Journal::policy_bundle(std::uint64_t number) {
    std::optional<Bytes> found;
    TRY(m_database.each(
        "SELECT bundle FROM policies WHERE number=?", [&](Row& row) { found = row.blob(); }, number));
    if (!found) return reject("policy.unknown", "there is no such policy", {}, "sekisho policy history lists them");
    return std::move(*found);
}

Result<std::vector<PolicyEntry>> Journal::policies(std::uint64_t before, std::size_t most) {
    static const std::string sql =
        std::string(entry_columns) + "WHERE (?1=0 OR number<?1) ORDER BY number DESC LIMIT ?2";
    std::vector<PolicyEntry> found;
    TRY(m_database.each(
        sql, [&](Row& row) { found.push_back(read_entry(row)); }, before, most));
    return found;
}

Result<std::uint64_t> Journal::highest_version() {
    std::uint64_t version = 0;
    TRY(m_database.each("SELECT ifnull(max(version),0) FROM policies",
                        [&](Row& row) { version = static_cast<std::uint64_t>(row.number()); }));
    return version;
}

Result<bool> Journal::was_in_force(std::string_view digest) {
    bool was = false;
    TRY(m_database.each(
        "SELECT 1 FROM policies WHERE digest=? LIMIT 1", [&](Row&) { was = true; }, digest));
    return was;
}

Result<> Journal::add_decision(const judge::Record& record) {
    TRY(begin());
    const Bytes question = judge::encode_question(record.question);
    return m_database.run("INSERT INTO decisions (time,transfer,policy,phase,question,answer,shadow,shadow_answer)"
                          " VALUES (?,?,?,?,?,?,?,?)",
                          record.time, std::string_view(record.transfer), std::string_view(record.policy),
                          static_cast<int>(record.phase), View(question), View(record.answer),
                          std::string_view(record.shadow), View(record.shadow_answer));
}

Result<std::vector<judge::Record>> Journal::decisions(const ListDecisions& asked, std::size_t most_bytes) {
    constexpr std::size_t at_a_time = 500;
    std::vector<judge::Record> found;
    std::size_t bytes = 0;
    bool good = true;
    TRY(m_database.each(
        "SELECT number,time,transfer,policy,phase,question,answer,shadow,shadow_answer FROM decisions"
        " WHERE number>? AND time>=? AND (?=0 OR length(shadow_answer)>0) ORDER BY number LIMIT ?",
        [&](Row& row) {
            judge::Record record;
            record.number = static_cast<std::uint64_t>(row.number());
            record.time = row.number();
            record.transfer = row.text();
            record.policy = row.text();
            record.phase = row.number() == 0 ? judge::Phase::announced : judge::Phase::examined;
            const Bytes body = row.blob();
            record.answer = row.blob();
            record.shadow = row.text();
            record.shadow_answer = row.blob();
            bytes += body.size() + record.answer.size() + record.shadow_answer.size();
            if (bytes > most_bytes && !found.empty()) return;
            auto question = judge::decode_question(body);
            good = good && question;
            if (question) record.question = std::move(*question);
            found.push_back(std::move(record));
        },
        asked.after, asked.since, asked.differences, at_a_time));
    if (!good) return fail("journal.damaged", "a decision in the journal cannot be read");
    return found;
}

Result<std::uint64_t> Journal::last_decision() {
    std::uint64_t last = 0;
    TRY(m_database.each("SELECT ifnull(max(number),0) FROM decisions",
                        [&](Row& row) { last = static_cast<std::uint64_t>(row.number()); }));
    return last;
}

// The newest stays: its number is where counting goes on.
Result<> Journal::forget_decisions(std::int64_t time) {
    constexpr int at_a_time = 1000;
    TRY(begin());
    return m_database.run("DELETE FROM decisions WHERE number IN (SELECT number FROM decisions WHERE number<(SELECT "
                          "max(number) FROM decisions) ORDER BY number LIMIT ?) AND time<?",
                          at_a_time, time);
}

Result<> Journal::set_shadow(const ShadowRow* row) {
    TRY(begin());
    if (!row) return m_database.run("DELETE FROM shadow");
    return m_database.run("INSERT OR REPLACE INTO shadow (number,since,first_decision,bundle) VALUES (1,?,?,?)",
                          row->since, row->first_decision, View(row->bundle));
}

Result<std::optional<Journal::ShadowRow>> Journal::shadow() {
    std::optional<ShadowRow> found;
    TRY(m_database.each("SELECT since,first_decision,bundle FROM shadow", [&](Row& row) {
        found.emplace();
        found->since = row.number();
        found->first_decision = static_cast<std::uint64_t>(row.number());
        found->bundle = row.blob();
    }));
    return found;
}

Result<std::uint64_t> Journal::count_differences(std::string_view shadow) {
    std::uint64_t count = 0;
    TRY(m_database.each(
        "SELECT count(*) FROM decisions WHERE shadow=? AND length(shadow_answer)>0",
        [&](Row& row) { count = static_cast<std::uint64_t>(row.number()); }, shadow));
    return count;
}

Result<std::string> Journal::origin_of(const Digest& digest) {
    std::string origin;
    TRY(m_database.each(
        "SELECT origin FROM transfers WHERE digest_out=? AND delivered>0 AND origin<>'' ORDER BY delivered LIMIT 1",
        [&](Row& row) { origin = row.text(); }, View(digest)));
    return origin;
}

} // namespace sekisho::ledger
