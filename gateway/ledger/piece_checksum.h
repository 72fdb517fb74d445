// The checksum that a client sends along with one piece of an upload (tus checksum extension). It finds damage on the
// way; nothing trusts it for more, so SHA-1 is good enough where a client knows no other.
#pragma once

#include <memory>

#include "gateway/protocol/ledger.h"

namespace sekisho::ledger {

class PieceChecksum {
public:
    explicit PieceChecksum(Checksum kind);
    PieceChecksum(PieceChecksum&&) noexcept;
    PieceChecksum& operator=(PieceChecksum&&) noexcept;
    ~PieceChecksum();
    void add(View view);
    bool matches(View expected);

private:
    struct State;
    std::unique_ptr<State> m_state; // null: no checksum was sent
};

} // namespace sekisho::ledger
