// A few threads that scan with one shared engine, and a watch on the signature directory.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "sanitizer/scan/engine.h"

namespace sekisho::scan {

class Service {
public:
    using Answered = std::function<void(const worker::Scanned&)>; // called in one of the threads

    // Loads the signatures and starts the threads. fail "scan.failed".
    static Result<std::unique_ptr<Service>> start(const Options& options, unsigned threads);
    ~Service();

    void submit(Descriptor file, Answered answered);
    // Loads again if the directory changed; keeps what it has when that fails. Called by its own thread every
    // two seconds; public for tests. True if a new engine is in use.
    bool reload_if_changed();
    std::shared_ptr<const Engine> engine() const;

private:
    explicit Service(Options options) : m_options(std::move(options)) {}
    void scan_for_ever();
    void watch_for_ever();

    struct Task {
        Descriptor file;
        Answered answered;
    };
    Options m_options;
    mutable std::mutex m_lock;
    std::condition_variable m_has_task; // or is stopping
    std::condition_variable m_stopped;
    std::deque<Task> m_tasks;
    std::shared_ptr<const Engine> m_engine;
    std::uint64_t m_fingerprint = 0;
    bool m_stopping = false;
    std::vector<std::thread> m_threads;
};

} // namespace sekisho::scan
