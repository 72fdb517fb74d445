// The ledger process: who may ask what, and the life of every transfer from the first byte to the last day.
#pragma once

#include <memory>

#include "base/ipc/server.h"
#include "gateway/ledger/options.h"

namespace sekisho::ledger {

class Ledger {
public:
    // Opens the journal, loads the policy that it holds, and puts journal and spool in order. The loop must outlive it.
    static Result<std::unique_ptr<Ledger>> open(Loop& loop, Options options);
    ~Ledger();

    // One question of a peer: "portal@ZONE", "conveyor" or "operator". Anything that the peer may not ask closes its
    // connection.
    void handle(Call call);
    // A connection of somebody has ended: what was lent over it is taken back.
    void peer_closed();

private:
    struct Parts;
    explicit Ledger(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace sekisho::ledger
