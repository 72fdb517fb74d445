// The policies of this gateway: which is in force, how another one gets there, and what was decided by them. The
// journal alone says what is in force; it is checked again, signatures and proofs, whenever it is loaded.
#pragma once

#include "gateway/judge/loading.h"
#include "gateway/ledger/core.h"
#include "gateway/ledger/workers.h"

namespace sekisho::ledger {

class Policies {
public:
    explicit Policies(Core& core) : m_core(core), m_loaders(1) {}

    // At the start: puts the newest one into force, or says why not. Then nothing passes.
    Result<> recover();
    // Ends what has reached its end; repeats that an emergency policy is in force.
    void tick();

    Result<> status(const GetPolicy& asked, const Caller& caller);
    Result<> activate(const ActivatePolicy& asked, const Caller& caller);
    Result<> list(const ListPolicies& asked, const Caller& caller);
    Result<> bundle(const GetPolicyBundle& asked, const Caller& caller);
    Result<> decisions(const ListDecisions& asked, const Caller& caller);
    Result<> shadow(const ShadowPolicy& asked, const Caller& caller);

private:
    using Loaded = std::shared_ptr<Result<judge::SignedPolicy>>;

    Result<std::shared_ptr<const Bytes>> received(const Caller& caller) const;
    Result<> check_follows(const judge::SignedPolicy& candidate, const std::optional<PolicyEntry>& newest);
    Result<> settle(const Loaded& loaded, const Bytes& octets, const CallPointer& call);
    Result<> put_into_force(const judge::SignedPolicy& policy, const Bytes& octets, const CallPointer& call);
    Result<> refuse(const Error& error, const Loaded& loaded, const CallPointer& call);
    Result<> load_newest(const PolicyEntry& newest);
    Result<> load_shadow();
    Result<> end(const sign::Problem& problem);
    Result<> record_activation(const PolicyEntry& entry, Event event);
    Result<> set_shadow(const Judge& judge, const Bytes* octets, const CallPointer& call);
    Result<PolicyStatus> make_status();
    void answer_status(const Call& call);
    void set_nothing(Error why);

    Core& m_core;
    Error m_why;                // nothing is in force
    bool m_loading = false;     // one at a time
    std::int64_t m_shouted = 0; // when the log was last told of an emergency
    std::int64_t m_tidied = 0;
    std::int64_t m_shadow_since = 0;
    std::uint64_t m_shadow_first = 0;
    SyncWorkers m_loaders; // last: its thread uses what is above
};

} // namespace sekisho::ledger
