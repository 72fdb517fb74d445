// Reads on, sends on, and remembers how far delivery counts.
#pragma once

#include <chrono>
#include <deque>

#include "gateway/syslog_forward/collector.h"
#include "gateway/syslog_forward/reader.h"

namespace sekisho::syslog {

struct ForwarderOptions {
    std::string audit_directory;
    std::string cursor_path;
    std::string host;
    std::chrono::milliseconds settle{2000}; // how long a connection must live on before what was sent counts
};

class Forwarder {
public:
    static Result<Forwarder> create(const ForwarderOptions& options, std::unique_ptr<Collector> collector);
    // One round: connect if needed, send what is new, note what counts. Returns how long to wait before the next.
    std::chrono::milliseconds step(std::chrono::steady_clock::time_point now);
    const Cursor& confirmed() const { return m_confirmed; }

private:
    Forwarder(ForwarderOptions options, std::unique_ptr<Collector> collector, const Cursor& cursor);
    Result<bool> send_new();
    Result<> confirm(std::chrono::steady_clock::time_point now);
    std::chrono::milliseconds lose(const Error& error);

    struct Sent {
        Cursor cursor;
        std::chrono::steady_clock::time_point acknowledged{}; // by the peer's kernel; zero until then
    };
    ForwarderOptions m_options;
    std::unique_ptr<Collector> m_collector;
    Reader m_reader;
    Cursor m_confirmed; // on disk
    std::deque<Sent> m_sent;
    std::chrono::milliseconds m_pause{0};
};

} // namespace sekisho::syslog
