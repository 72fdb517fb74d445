#include "gateway/ledger/database.h"

#include <sqlite3.h>

namespace sekisho::ledger {

struct Database::State {
    sqlite3* handle = nullptr;
    std::unordered_map<std::string_view, sqlite3_stmt*> statements; // keys: the texts that SQLite keeps
    ~State() {
        for (auto& [sql, statement] : statements) sqlite3_finalize(statement);
        sqlite3_close(handle);
    }
    std::unexpected<Error> error(const char* doing) const {
        const bool full = (sqlite3_errcode(handle) & 0xFF) == SQLITE_FULL;
        return fail(full ? "storage.full" : "journal.unwritable",
                    std::string(doing) + ": " + (handle ? sqlite3_errmsg(handle) : "no memory"));
    }
};

std::int64_t Row::number() {
    return sqlite3_column_int64(m_statement, m_next++);
}

std::string Row::text() {
    const int column = m_next++;
    const auto* data = sqlite3_column_text(m_statement, column);
    return data ? std::string(as_chars(data), static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))) : "";
}

Bytes Row::blob() {
    const int column = m_next++;
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(m_statement, column));
    return data ? Bytes(data, data + sqlite3_column_bytes(m_statement, column)) : Bytes{};
}

void Binder::number(std::int64_t value) {
    sqlite3_bind_int64(m_statement, m_next++, value);
}

void Binder::bind(std::string_view value) {
    sqlite3_bind_text64(m_statement, m_next++, value.data() ? value.data() : "", value.size(), SQLITE_STATIC,
                        SQLITE_UTF8);
}

void Binder::bind_copy(std::string_view value) {
    sqlite3_bind_text64(m_statement, m_next++, value.data() ? value.data() : "", value.size(), SQLITE_TRANSIENT,
                        SQLITE_UTF8);
}

void Binder::bind(View value) {
    sqlite3_bind_blob64(m_statement, m_next++, value.data() ? static_cast<const void*>(value.data()) : "", value.size(),
                        SQLITE_STATIC);
}

Database::Database(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::string& path) {
    auto state = std::make_unique<State>();
    constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
    if (sqlite3_open_v2(path.c_str(), &state->handle, flags, nullptr) != SQLITE_OK)
        return state->error("open the journal");
    sqlite3_extended_result_codes(state->handle, 1);
    sqlite3_db_config(state->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    Database database(std::move(state));
    // EXCLUSIVE before WAL: a second connection cannot open it at all, and no shared memory is used.
    // A new file gets small pages: what is written and summed per commit is whole pages.
    TRY(database.script("PRAGMA page_size=2048;"
                        "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                        "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=MEMORY;"
                        "PRAGMA cell_size_check=ON; PRAGMA wal_autocheckpoint=8000;"));
    return database;
}

Result<> Database::script(const char* sql) {
    if (sqlite3_exec(m_state->handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return m_state->error("change the journal");
    return {};
}

Result<sqlite3_stmt*> Database::prepared(std::string_view sql) {
    const auto found = m_state->statements.find(sql);
    if (found != m_state->statements.end()) return found->second;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(m_state->handle, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &statement, nullptr) != SQLITE_OK)
        return m_state->error("prepare a statement");
    m_state->statements.emplace(sqlite3_sql(statement), statement);
    return statement;
}

Result<> Database::statement(std::string_view sql, const std::function<void(Binder&)>& bind,
                             const std::function<void(Row&)>& take) {
    sqlite3_stmt* statement = TRY(prepared(sql));
    Binder binder(statement);
    bind(binder);
    int step = SQLITE_DONE;
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        Row row(statement);
        take(row);
    }
    Result<> outcome;
    if (step != SQLITE_DONE) outcome = m_state->error("use the journal");
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return outcome;
}

std::uint64_t Database::last_number() const {
    return static_cast<std::uint64_t>(sqlite3_last_insert_rowid(m_state->handle));
}

std::int64_t Database::changes() const {
    return sqlite3_total_changes64(m_state->handle);
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(m_state->handle) == 0;
}

} // namespace sekisho::ledger
