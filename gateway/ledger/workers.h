// Threads that do what may block, so that the loop never does.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/ipc/client.h"

namespace sekisho::ledger {

// Jobs that each want one argument of the thread's own (a Client, or nothing of use).
template <typename Own> class Workers {
public:
    using Job = std::function<void(Own&)>;

    template <typename... Arguments> explicit Workers(unsigned threads, const Arguments&... arguments) {
        try {
            for (unsigned i = 0; i < threads; ++i)
                m_threads.emplace_back([this, arguments...] { work(Own(arguments...)); });
        } catch (...) { // not one thread more can be made: the others must end before they are let go
            stop();
            throw;
        }
    }
    // Jobs that have not begun are dropped: what they would have done is found again at the next start.
    ~Workers() { stop(); }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    void post(Job job) {
        {
            const std::lock_guard guard(m_lock);
            m_jobs.push_back(std::move(job));
        }
        m_wake.notify_one();
    }

private:
    void stop() {
        {
            const std::lock_guard guard(m_lock);
            m_stopping = true;
        }
        m_wake.notify_all();
        for (std::thread& thread : m_threads) thread.join();
        m_threads.clear();
    }
    void work(Own own) {
        std::unique_lock lock(m_lock);
        for (;;) {
            m_wake.wait(lock, [this] { return m_stopping || !m_jobs.empty(); });
            if (m_stopping) return;
            Job job = std::move(m_jobs.front());
            m_jobs.pop_front();
            lock.unlock();
            job(own);
            job = nullptr;
            lock.lock();
        }
    }

    std::mutex m_lock;
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

struct Nothing {};
using SyncWorkers = Workers<Nothing>;
using Callers = Workers<Client>; // made with the peer's socket path

} // namespace sekisho::ledger
