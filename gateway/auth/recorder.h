// Sends auth's own audit records, in order, from a thread of its own, until the log has them.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>

namespace sekisho::auth {

class Recorder {
public:
    // More than this waiting means that the log cannot be written: then nobody may log in.
    static constexpr std::size_t most_waiting = 1000;

    explicit Recorder(std::string audit_socket);
    ~Recorder();
    void record(std::string body);
    bool keeps_up() const;

private:
    void send_for_ever();

    std::string m_socket;
    mutable std::mutex m_lock;
    std::condition_variable m_changed;
    std::deque<std::string> m_waiting;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace sekisho::auth
