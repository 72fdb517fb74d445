#pragma once

#include <functional>

#include "base/ipc/server.h"
#include "gateway/release/mover.h"

namespace sekisho::release {

struct Options {
    std::string staging;
    std::string egress; // has one folder for each zone
    PublicKey verifier{};
};

class Service {
public:
    using Clock = std::function<std::int64_t()>; // Unix seconds

    explicit Service(Options options, Clock clock = now_from_system);
    // Answers one question; a message that the ledger does not ask closes the connection.
    void handle(const Call& call) const;
    Result<Released> release(const Release& request) const;
    Result<Done> remove(const Remove& request) const;

    static std::int64_t now_from_system();

private:
    template <typename Question, typename Work> static void answer(const Call& call, Work work);
    Options m_options;
    Clock m_clock;
    Mover m_mover;
};

} // namespace sekisho::release
