// A single-threaded event loop over epoll: descriptors, timers, work posted from other threads, and a hook that runs
// after each batch of events (the ledger commits there: one sync for everything that arrived together).
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "base/descriptor/descriptor.h"

namespace sekisho {

class Loop {
public:
    using Callback = std::function<void()>;
    using EventCallback = std::function<void(std::uint32_t events)>;

    static Result<Loop> create();
    Loop(Loop&&) noexcept;
    ~Loop();

    // Watches a descriptor that the caller owns until forget(). `events` as EPOLLIN...
    Result<> watch(int descriptor, std::uint32_t events, EventCallback callback);
    Result<> change(int descriptor, std::uint32_t events);
    void forget(int descriptor);
    void after(std::chrono::milliseconds delay, Callback callback);
    // Thread-safe: runs `callback` in the loop's thread soon.
    void post(Callback callback);
    // Runs after every batch of events, before sleeping.
    void after_each_batch(Callback callback);
    // Runs until stop(). Also stops on SIGTERM and SIGINT when handle_signals() was called.
    Result<> run();
    void stop();
    Result<> handle_signals();

private:
    Loop();
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sekisho
