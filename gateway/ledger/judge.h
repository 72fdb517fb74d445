// The policy engine, asked in the ledger's words.
#pragma once

#include <optional>
#include <span>

#include "gateway/ledger/transfer_row.h"
#include "policy/engine/engine.h"

namespace sekisho::ledger {

struct Admission {
    bool allowed = false;
    std::string message; // the rule's reason, or why there is none
    std::string rules;   // ids, space separated
    Level level = Level::rebuild;
};

struct Judgement {
    bool allowed = false;
    std::string message;
    std::string rules;
    Level level = Level::rebuild; // at least
    std::uint32_t keep_days = 0;  // 0: no rule says
    std::vector<policy::Approval> approvals;
};

class Judge {
public:
    // No policy: denies everything.
    Judge();
    // reject "policy.invalid" with the first problem's words.
    static Result<Judge> load(std::string_view source);
    static Result<Judge> load_file(const std::string& path);

    bool present() const { return m_present; }
    std::string digest() const;
    // On what is known before the content is. The level is the mildest of all that rules ask for the types that may
    // still turn out: a stricter one is asked for once the type is known, by a second run.
    Admission admit(const Transfer& transfer) const;
    Judgement judge(const Transfer& transfer, std::span<const StageReceipt> receipts) const;
    bool may_approve(const policy::Approval& needed, const Person& person, std::string_view zone,
                     const Transfer& transfer) const;

private:
    policy::Policy m_policy;
    bool m_present = false;
};

} // namespace sekisho::ledger
