// The policy in force, asked in the ledger's words.
#pragma once

#include <span>

#include "gateway/judge/record.h"
#include "gateway/ledger/transfer_row.h"

namespace sekisho::ledger {

// What was asked and answered goes along, for the record.
struct Admission {
    bool allowed = false;
    std::string message; // the rule's reason, or why there is none
    std::string rules;   // ids, space separated
    Level level = Level::rebuild;
    sekisho::Options options;
    policy::Sample question;
    judge::Answer answer;
};

struct Judgement {
    bool allowed = false;
    std::string message;
    std::string rules;
    Level level = Level::rebuild;    // at least
    sekisho::Options options;        // at most
    std::uint32_t keep_days = 0;     // 0: no rule says
    std::uint32_t delay_minutes = 0; // after the file was received
    std::vector<policy::Approval> approvals;
    policy::Sample question;
    judge::Answer answer;
};

class Judge {
public:
    // No policy: denies everything.
    Judge();
    // `until`: Unix milliseconds, of break-glass; 0: no such end.
    explicit Judge(policy::Policy policy, std::int64_t until = 0);

    bool present() const { return m_present; }
    std::string digest() const;
    const policy::Policy& policy() const { return m_policy; }
    // Whether its validity or its emergency is over at this time (Unix milliseconds).
    bool has_ended(std::int64_t now) const;
    bool in_emergency() const { return m_until != 0; }

    // On what is known before the content is.
    Admission admit(const Transfer& transfer) const;
    Judgement judge(const Transfer& transfer, std::span<const StageReceipt> receipts) const;
    bool may_approve(const policy::Approval& needed, const Person& person, std::string_view zone,
                     const Transfer& transfer) const;

private:
    policy::Policy m_policy;
    std::int64_t m_until = 0;
    bool m_present = false;
};

// The local day of Unix milliseconds; nothing if it cannot be told.
std::optional<std::chrono::sys_days> local_day(std::int64_t time);

} // namespace sekisho::ledger
