// Policy's word on what is now known, and the approvers' on top of it.
#pragma once

#include "gateway/ledger/core.h"

namespace sekisho::ledger {

class Deciding {
public:
    // For the move once the audit log has the decision.
    using Release = std::function<Result<>(Transfer&)>;
    // For another run of the stages.
    using Again = std::function<Result<>(Transfer&, Reason, std::string_view)>;
    using Offer = std::function<void(const TransferId&)>;

    Deciding(Core& core, Release release, Again again, Offer offer)
        : m_core(core), m_release(std::move(release)), m_again(std::move(again)), m_offer(std::move(offer)) {}

    // After the stages. Saves the transfer.
    // `before`: the receipts of the try before this one.
    Result<> decide(Transfer& transfer, const std::vector<StageReceipt>& receipts,
                    const std::vector<StageReceipt>& before);
    // The passwords that came with it were in the memory of a process that has ended.
    Result<> refuse_unopened(Transfer& transfer);
    // A person's word.
    Result<> approve(const Decide& said, const Caller& caller);

    // Goes on with those whose delay is over.
    void tick();

    // Whether this person, from this zone, may decide about it now.
    Result<bool> may_decide(const Transfer& transfer, const Person& person, const std::string& zone);

private:
    struct Standing {
        Judgement judgement;
        std::vector<ApprovalRow> approvals;
        std::vector<StageReceipt> receipts;
    };
    Result<Standing> standing_of(const Transfer& transfer);
    std::uint32_t given(const policy::Approval& needed, const Transfer& transfer,
                        const std::vector<ApprovalRow>& approvals) const;
    bool may_decide(const Standing& standing, const Transfer& transfer, const Person& person,
                    const std::string& zone) const;
    Result<> apply(Transfer& transfer, const Standing& standing);
    bool may_try_again(const Transfer& transfer) const { return transfer.attempts < m_core.options.conveyor_attempts; }
    Result<> refuse_killer(Transfer& transfer);
    Result<> wait_until(Transfer& transfer, std::int64_t due);
    Result<> ask_for_stricter(Transfer& transfer, const Judgement& judgement);
    Result<> end(Transfer& transfer, State state);
    Result<std::uint64_t> record_decision(const Transfer& transfer, std::string_view verdict);
    Result<> send_back(Transfer& transfer, const ApprovalRow& approval);

    Core& m_core;
    Release m_release;
    Again m_again;
    Offer m_offer;
};

} // namespace sekisho::ledger
