// Answers Append, GetPosition and GetProof. Everything that arrives together is written and synced together.
#pragma once

#include "base/ipc/server.h"
#include "gateway/audit/proof.h"

namespace sekisho::audit {

struct Options {
    std::uint32_t checkpoint_seconds = 10;
    std::uint32_t checkpoint_records = 1000;
};

class Service {
public:
    Service(Loop& loop, Log log, SigningKey key, const Options& options);
    void handle(Call call);

private:
    struct Pending {
        Call call;
        std::vector<NewRecord> records;
        std::uint64_t source_sequence = 0;
    };
    void take_append(Call call);
    void write_pending();
    void sign_when_due();
    void answer_proof(const Call& call);
    void sign(const Call& call) const;

    Loop& m_loop;
    Log m_log;
    SigningKey m_key;
    Options m_options;
    std::vector<Pending> m_pending;
};

} // namespace sekisho::audit
