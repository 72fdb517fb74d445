// One production line: leases a transfer, has it scanned, sanitised and verified, reports, and begins again.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "base/ipc/client.h"
#include "gateway/protocol/ledger.h"
#include "gateway/settings/deadlines.h"

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
    Deadlines deadlines;
    // Told once when the stages cannot be reached any more, and once when they can (nullptr).
    std::function<void(const Error* missing)> stages_changed = [](const Error*) {};
};

class Line {
public:
    explicit Line(const Options& options);

    // Until `stopping`. Waits a little longer after each failure in a row, then tries again.
    void run(const std::atomic<bool>& stopping);
    // One transfer, or none if the ledger had no work. While a stage cannot be reached no work is asked for: files wait at
    // the ledger and none of their tries is used up.
    Result<> run_once();

private:
    struct Work;
    Result<> reach_stages();
    Result<> convey();
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
    bool m_stages_are_missing = false;
};

} // namespace sekisho::conveyor
