// Starts every process, starts again what dies, and ends all of them.
#pragma once

#include <chrono>

#include "base/ipc/loop.h"
#include "gateway/launch/spawn.h"

namespace sekisho::launch {

class Supervisor {
public:
    struct Options {
        Programs programs;
        std::string status_path;
        bool isolated = false;
        std::chrono::milliseconds longest_pause{};
    };
    static constexpr std::chrono::milliseconds first_pause{50};
    static constexpr std::chrono::seconds patience{5}; // for all processes together, at the end

    static Result<std::unique_ptr<Supervisor>> create(std::vector<Station> stations, Options options);
    // Until SIGTERM or SIGINT; then ends everything, by force after `patience`.
    Result<> run();

private:
    using Clock = std::chrono::steady_clock;
    struct Post {
        Station station;
        pid_t process = 0; // 0: not running
        bool ready = false;
        bool told = false; // to end
        unsigned starts = 0;
        std::chrono::milliseconds pause = first_pause;
        Clock::time_point started;
    };
    Supervisor(Loop loop, Options options) : m_loop(std::move(loop)), m_options(std::move(options)) {}

    Result<> listen_for_children();
    Result<> listen_for_ready();
    void start(Post& post);
    void reap();
    void ended(pid_t process, int status);
    void take_ready();
    void write_status();
    void tell_to_end(bool everybody);
    void end_all();
    void await_orphans();
    bool any_running() const;

    Loop m_loop;
    Options m_options;
    std::vector<Post> m_posts;
    Descriptor m_children; // signalfd
    Descriptor m_notify;
    bool m_ending = false;
};

} // namespace sekisho::launch
