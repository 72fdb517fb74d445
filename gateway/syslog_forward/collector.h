// The connection to one collector: TCP, TLS 1.2 or later, certificate and name checked.
#pragma once

#include <memory>
#include <string>

#include "base/error/error.h"

namespace sekisho::syslog {

struct CollectorOptions {
    std::string address; // "127.0.0.1:6514" or "[::1]:6514": numeric, so that nothing has to be resolved when confined
    std::string server_name; // what its certificate must say
    std::string authority;   // PEM file of the collector's certification authority
    std::string certificate; // ours, PEM; may be empty
    std::string key;
};

class Collector {
public:
    // Reads the certificate files; to be called before confinement.
    static Result<std::unique_ptr<Collector>> create(const CollectorOptions& options);
    ~Collector();

    // fail "syslog.unreachable" or "syslog.untrusted".
    Result<> connect();
    // fail "syslog.lost"; then nothing that was not confirmed counts.
    Result<> send(const std::string& bytes);
    // True when the peer's kernel has everything; fail "syslog.lost" if the connection is gone.
    Result<bool> all_acknowledged();
    void close();
    bool connected() const;

private:
    Collector();
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sekisho::syslog
