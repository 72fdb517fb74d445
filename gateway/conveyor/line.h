// One production line: leases a transfer, has it scanned, sanitised and verified, reports, and begins again.
#pragma once

#include <atomic>
#include <string>

#include "base/ipc/client.h"
#include "gateway/protocol/ledger.h"

namespace sekisho::conveyor {

struct Peers {
    std::string ledger; // socket paths
    std::string scanner;
    std::string sanitizer;
    std::string verifier;
};

struct Options {
    Peers peers;
    Limits limits;
    std::uint32_t scan_seconds = 120;
};

class Line {
public:
    explicit Line(const Options& options);

    // Until `stopping`. Waits a moment after a peer failed, then tries again.
    void run(const std::atomic<bool>& stopping);
    // One transfer, or none if the ledger had no work.
    Result<> run_once();

private:
    struct Work;
    void ask_for_scan(Work& work);
    void sanitize(Work& work);
    void await_scan(Work& work);
    void verify(Work& work);
    Result<> report(Work& work);

    Options m_options;
    Client m_ledger;
    Client m_store; // the ledger again: it answers while the output is still being written
    Client m_scanner;
    Client m_sanitizer;
    Client m_verifier;
};

} // namespace sekisho::conveyor
