#include "gateway/syslog_forward/forwarder.h"

#include <algorithm>

#include <fmt/format.h>

#include "gateway/syslog_forward/message.h"

namespace sekisho::syslog {

namespace {
constexpr std::size_t batch = 256;
constexpr std::chrono::milliseconds shortest_pause{250};
constexpr std::chrono::milliseconds longest_pause{30'000};
constexpr std::chrono::milliseconds idle_pause{200};
} // namespace

Forwarder::Forwarder(ForwarderOptions options, std::unique_ptr<Collector> collector, const Cursor& cursor)
    : m_options(std::move(options)), m_collector(std::move(collector)), m_reader(m_options.audit_directory, cursor),
      m_confirmed(cursor) {}

Result<Forwarder> Forwarder::create(const ForwarderOptions& options, std::unique_ptr<Collector> collector) {
    const Cursor cursor = TRY(load_cursor(options.cursor_path));
    return Forwarder(options, std::move(collector), cursor);
}

std::chrono::milliseconds Forwarder::step(std::chrono::steady_clock::time_point now) {
    if (!m_collector->connected()) {
        if (const auto connected = m_collector->connect(); !connected) return lose(connected.error());
        m_pause = std::chrono::milliseconds(0);
    }
    const auto sent = send_new();
    if (!sent) return lose(sent.error());
    if (const auto confirmed = confirm(now); !confirmed) return lose(confirmed.error());
    return *sent ? std::chrono::milliseconds(0) : idle_pause;
}

Result<bool> Forwarder::send_new() {
    const auto items = TRY(m_reader.next(batch));
    if (items.empty()) return false;
    std::string bytes;
    for (const Item& item : items)
        bytes += framed(item.is_checkpoint ? message_of_checkpoint(item.text, m_options.host)
                                           : message_of_record(item.text, m_options.host));
    TRY(m_collector->send(bytes));
    m_sent.push_back({items.back().after, {}});
    return true;
}

Result<> Forwarder::confirm(std::chrono::steady_clock::time_point now) {
    if (TRY(m_collector->all_acknowledged()))
        for (Sent& sent : m_sent)
            if (sent.acknowledged == std::chrono::steady_clock::time_point{}) sent.acknowledged = now;
    Cursor reached = m_confirmed;
    while (!m_sent.empty() && m_sent.front().acknowledged != std::chrono::steady_clock::time_point{} &&
           now - m_sent.front().acknowledged >= m_options.settle) {
        reached = m_sent.front().cursor;
        m_sent.pop_front();
    }
    if (reached == m_confirmed) return {};
    TRY(save_cursor(m_options.cursor_path, reached));
    m_confirmed = reached;
    return {};
}

// Everything that does not count yet will be sent again, from the confirmed place, in order.
std::chrono::milliseconds Forwarder::lose(const Error& error) {
    if (m_pause == std::chrono::milliseconds(0)) fmt::print(stderr, "syslog-forward: {}\n", to_line(error));
    m_sent.clear();
    m_reader.go_back_to(m_confirmed);
    m_pause = std::clamp(m_pause * 2, shortest_pause, longest_pause);
    return m_pause;
}

} // namespace sekisho::syslog
