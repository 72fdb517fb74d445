// Brings the outbox to the audit process, in order, without ever blocking the loop.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "base/ipc/client.h"
#include "base/ipc/loop.h"
#include "gateway/protocol/audit.h"

namespace sekisho::ledger {

class AuditSender {
public:
    struct Acknowledged {
        std::uint64_t first = 0; // source sequences
        std::uint64_t last = 0;
        std::uint64_t leaf = 0; // of `last`
        bool exact = false;     // false: some of them may have been stored by an earlier try, so leaves are not known
    };
    enum class Pulse { well, silent, unwritable };
    // All are called in the loop's thread.
    struct Listener {
        std::function<void(std::uint64_t)> position; // once after the start: what the log has of us
        std::function<void(Acknowledged)> acknowledged;
        std::function<void(Pulse)> pulse; // after every attempt
    };

    struct Options {
        std::string socket;
        std::chrono::milliseconds patience;
        std::chrono::milliseconds gather; // records that are not urgent wait so long for others to go along
    };
    AuditSender(Loop& loop, Options options, Listener listener);
    ~AuditSender();
    void send(audit::Record record, bool urgent);
    // Whatever waits goes now.
    void hurry();

private:
    static constexpr std::size_t most_records = 16;
    static constexpr std::size_t most_bytes = 60'000;
    void work();
    bool pause(std::chrono::milliseconds time);
    Result<> attempt();
    void report(const Result<>& outcome);
    std::vector<audit::Record> next_batch(std::chrono::milliseconds idle);
    Result<> ask_position();
    Result<> append(const std::vector<audit::Record>& batch);

    Loop& m_loop;
    const Options m_options;
    Client m_client;
    Listener m_listener;
    std::mutex m_lock;
    std::condition_variable m_wake;
    std::deque<audit::Record> m_records;
    std::chrono::steady_clock::time_point m_oldest; // when the first of them came, if nobody was in a hurry
    bool m_urgent = false;
    bool m_stopping = false;
    bool m_positioned = false;
    bool m_exact = false; // whatever the outbox held at the start, or a lost answer was for, may be stored already
    std::thread m_thread;
};

} // namespace sekisho::ledger
