// The real Workshop: zygotes and workers as in the gateway, and one confined scanner process.
#pragma once

#include <mutex>
#include <thread>

#include "base/ipc/client.h"
#include "gateway/cli/sanitize/job.h"

namespace sekisho::cli {

class ConfinedWorkshop final : public Workshop {
public:
    // To be called before the process has threads: it forks. `signatures` turns the anti-virus stage on.
    static Result<std::unique_ptr<ConfinedWorkshop>>
    start(const worker::Options& options, const std::optional<std::string>& signatures, const std::string& temporary);
    ~ConfinedWorkshop() override;

    bool scans() const override { return m_scanner > 0; }
    Result<worker::Scanned> scan(const Descriptor& input) override;
    Result<worker::Sanitized> sanitize(const worker::Sanitize& question, const Descriptor& input,
                                       Descriptor output_pipe) override;
    Result<worker::Verified> verify(const worker::Verify& question, const Descriptor& output) override;

private:
    ConfinedWorkshop() = default;
    Result<> start_scanner(const std::string& program, const std::string& signatures, const std::string& temporary);
    Result<Frame> ask(worker::Pool& pool, const Bytes& payload, std::vector<int> passed);

    std::optional<Loop> m_loop;
    std::unique_ptr<worker::Pool> m_sanitizers;
    std::unique_ptr<worker::Pool> m_verifiers;
    std::thread m_thread;
    pid_t m_scanner = -1;
    std::mutex m_scan_lock;
    std::optional<Client> m_scan_client;
};

} // namespace sekisho::cli
