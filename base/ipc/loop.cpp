#include "base/ipc/loop.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace sekisho {

using Clock = std::chrono::steady_clock;

struct Loop::State {
    Descriptor poller;
    Descriptor waker;
    Descriptor signals;
    // shared_ptr: a callback may forget its own descriptor while it runs.
    std::unordered_map<int, std::shared_ptr<EventCallback>> watched;
    std::multimap<Clock::time_point, Callback> timers;
    std::vector<Callback> hooks;
    std::mutex posted_lock;
    std::vector<Callback> posted;
    bool running = false;

    int milliseconds_to_next_timer() const {
        if (timers.empty()) return -1;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(timers.begin()->first - Clock::now());
        return static_cast<int>(std::clamp<long long>(left.count(), 0, 60'000));
    }
    void run_due_timers() {
        while (!timers.empty() && timers.begin()->first <= Clock::now()) {
            Callback callback = std::move(timers.begin()->second);
            timers.erase(timers.begin());
            callback();
        }
    }
    void run_posted() {
        std::vector<Callback> taken;
        {
            const std::lock_guard guard(posted_lock);
            taken.swap(posted);
        }
        for (Callback& callback : taken) callback();
    }
};

Loop::Loop() : m_state(std::make_unique<State>()) {}
Loop::Loop(Loop&&) noexcept = default;
Loop::~Loop() = default;

Result<Loop> Loop::create() {
    Loop loop;
    State& state = *loop.m_state;
    state.poller = Descriptor(epoll_create1(EPOLL_CLOEXEC));
    state.waker = Descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!state.poller.valid() || !state.waker.valid()) return fail_errno("loop.create", "make an event loop");
    TRY(loop.watch(state.waker.get(), EPOLLIN, [&state](std::uint32_t) {
        std::uint64_t count = 0; // one read takes all of it
        if (read(state.waker.get(), &count, sizeof(count)) < 0 && errno != EAGAIN) bug("the event loop cannot wake");
    }));
    return loop;
}

Result<> Loop::watch(int descriptor, std::uint32_t events, EventCallback callback) {
    epoll_event event{};
    event.events = events;
    event.data.fd = descriptor;
    if (epoll_ctl(m_state->poller.get(), EPOLL_CTL_ADD, descriptor, &event) != 0)
        return fail_errno("loop.watch", "watch a descriptor");
    m_state->watched[descriptor] = std::make_shared<EventCallback>(std::move(callback));
    return {};
}

Result<> Loop::change(int descriptor, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.fd = descriptor;
    if (epoll_ctl(m_state->poller.get(), EPOLL_CTL_MOD, descriptor, &event) != 0)
        return fail_errno("loop.watch", "change what is watched");
    return {};
}

void Loop::forget(int descriptor) {
    if (m_state->watched.erase(descriptor) > 0) epoll_ctl(m_state->poller.get(), EPOLL_CTL_DEL, descriptor, nullptr);
}

void Loop::after(std::chrono::milliseconds delay, Callback callback) {
    m_state->timers.emplace(Clock::now() + delay, std::move(callback));
}

void Loop::post(Callback callback) {
    {
        const std::lock_guard guard(m_state->posted_lock);
        m_state->posted.push_back(std::move(callback));
        if (m_state->posted.size() > 1) return; // it was woken for the first one and takes all together
    }
    const std::uint64_t one = 1;
    if (write(m_state->waker.get(), &one, sizeof(one)) < 0 && errno != EAGAIN) bug("the event loop cannot be woken");
}

void Loop::after_each_batch(Callback callback) {
    m_state->hooks.push_back(std::move(callback));
}

Result<> Loop::handle_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    if (sigprocmask(SIG_BLOCK, &set, nullptr) != 0) return fail_errno("loop.signals", "block signals");
    m_state->signals = Descriptor(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!m_state->signals.valid()) return fail_errno("loop.signals", "make a signal descriptor");
    return watch(m_state->signals.get(), EPOLLIN, [state = m_state.get()](std::uint32_t) { state->running = false; });
}

void Loop::stop() {
    m_state->running = false;
}

Result<> Loop::run() {
    State& state = *m_state;
    state.running = true;
    std::array<epoll_event, 64> events{};
    while (state.running) {
        const int count = epoll_wait(state.poller.get(), events.data(), static_cast<int>(events.size()),
                                     state.milliseconds_to_next_timer());
        if (count < 0 && errno != EINTR) return fail_errno("loop.wait", "wait for events");
        for (int i = 0; i < count; ++i) {
            const auto& event = events[static_cast<std::size_t>(i)];
            const auto found = state.watched.find(event.data.fd);
            if (found == state.watched.end()) continue;
            const std::shared_ptr<EventCallback> callback = found->second;
            (*callback)(event.events);
        }
        state.run_posted();
        state.run_due_timers();
        for (Callback& hook : state.hooks) hook();
    }
    return {};
}

} // namespace sekisho
