// SQLite as this room uses it: one connection, prepared statements kept, values bound and read in order.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/bytes/bytes.h"

struct sqlite3;
struct sqlite3_stmt;

namespace sekisho::ledger {

// The columns of the row at hand, from the left.
class Row {
public:
    explicit Row(sqlite3_stmt* statement) : m_statement(statement) {}
    std::int64_t number();
    std::string text();
    Bytes blob();

private:
    sqlite3_stmt* m_statement;
    int m_next = 0;
};

// Binds values from the left. Text and blobs must live until the statement has run.
class Binder {
public:
    explicit Binder(sqlite3_stmt* statement) : m_statement(statement) {}
    template <std::integral Integer> void bind(const Integer& value) { number(static_cast<std::int64_t>(value)); }
    void bind(std::string_view value);
    void bind(View value);
    void bind_copy(std::string_view value); // need not live on

private:
    void number(std::int64_t value);
    sqlite3_stmt* m_statement;
    int m_next = 1;
};

class Database {
public:
    // fail "journal.unwritable".
    static Result<Database> open(const std::string& path);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    // Several statements without values.
    Result<> script(const char* sql);
    // fail "storage.full" or "journal.unwritable".
    template <typename... Values> Result<> run(std::string_view sql, const Values&... values) {
        return each(
            sql, [](Row&) {}, values...);
    }
    template <typename Take, typename... Values>
    Result<> each(std::string_view sql, Take take, const Values&... values) {
        return statement(
            sql, [&](Binder& binder) { (binder.bind(values), ...); }, take);
    }
    Result<> statement(std::string_view sql, const std::function<void(Binder&)>& bind,
                       const std::function<void(Row&)>& take);
    std::uint64_t last_number() const; // rowid of the last insert
    std::int64_t changes() const;      // rows, since it was opened
    bool in_transaction() const;

private:
    struct State;
    explicit Database(std::unique_ptr<State> state);
    Result<sqlite3_stmt*> prepared(std::string_view sql);
    std::unique_ptr<State> m_state;
};

} // namespace sekisho::ledger
