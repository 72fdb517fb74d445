// Accepts connections up to a limit, one thread and one handler each.
#pragma once

#include <map>
#include <mutex>

#include "gateway/portal/http/connection.h"

namespace sekisho::portal {

struct ListenerLimits {
    std::size_t connections = 512;
    std::size_t of_one_address = 64;
    HttpLimits http;
};

class Listener {
public:
    using HandlerOfConnection = std::function<Handler()>; // called in the connection's own thread
    Listener(const TlsServer& tls, HandlerOfConnection make, const ListenerLimits& limits)
        : m_tls(tls), m_make_handler(std::move(make)), m_limits(limits) {}
    // Accepts for ever; threads are detached. Returns only if the socket breaks.
    Result<> accept_for_ever(const Descriptor& listener);

private:
    bool start_thread(Descriptor socket, const std::string& peer);
    bool take_place(const std::string& peer);
    void give_back(const std::string& peer);
    void serve(Descriptor socket, const std::string& peer);

    const TlsServer& m_tls;
    HandlerOfConnection m_make_handler;
    ListenerLimits m_limits;
    std::mutex m_lock;
    std::size_t m_open = 0;
    std::map<std::string, std::size_t> m_by_address;
};

} // namespace sekisho::portal
