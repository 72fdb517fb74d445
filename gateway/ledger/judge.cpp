#include "gateway/ledger/judge.h"

#include <algorithm>
#include <ctime>

#include "policy/engine/compiled.h"

namespace sekisho::ledger {

namespace {

std::string joined_rules(const std::vector<std::string>& rules) {
    std::string text;
    for (const std::string& rule : rules) {
        if (text.size() + rule.size() + 1 > 1000) break;
        if (!text.empty()) text += ' ';
        text += rule;
    }
    return text;
}

std::string message_of(const policy::Decision& decision) {
    if (!decision.reason.empty()) return decision.reason;
    switch (decision.ground) {
    case policy::Ground::no_policy:
        return "有効な規則がありません (there is no policy in force)";
    case policy::Ground::not_valid:
        return "規則の有効期間外です (the policy is not valid today)";
    case policy::Ground::no_rule:
        return "許可する規則がありません (no rule allows this)";
    case policy::Ground::forbidden:
        return "規則により禁止されています (a rule forbids this)";
    case policy::Ground::not_certain:
        return "禁止に該当しないことを確認できません (a rule may forbid this)";
    case policy::Ground::allowed:
        break;
    }
    return {};
}

std::optional<std::tm> local_time(std::int64_t time) {
    const std::time_t seconds = time / 1000;
    std::tm local{};
    if (!localtime_r(&seconds, &local)) return std::nullopt;
    return local;
}

std::chrono::sys_days day_of(const std::tm& local) {
    return std::chrono::year(local.tm_year + 1900) / static_cast<unsigned>(local.tm_mon + 1) /
           static_cast<unsigned>(local.tm_mday);
}

// What is known from the start. Time is that of the announcement, so that waiting for an approver changes no answer.
policy::Sample question_of(const Transfer& transfer) {
    policy::Sample question;
    question.from = transfer.zone_from;
    question.to = transfer.zone_to;
    question.origin = transfer.origin;
    question.sender = transfer.sender.person;
    question.sender_groups = transfer.sender.groups;
    // Another person's groups are not known here, and without them neither is the recipient.
    if (transfer.recipient == transfer.sender.person) {
        question.recipient = transfer.recipient;
        question.recipient_groups = transfer.sender.groups;
    }
    question.name = transfer.name;
    question.size = transfer.size;
    question.channel = policy::Channel::portal;
    question.flow = std::string(); // none
    if (const auto local = local_time(transfer.created)) {
        question.minute = static_cast<unsigned>(local->tm_hour * 60 + local->tm_min);
        question.day = day_of(*local);
    }
    return question;
}

const StageReceipt* receipt_of(std::span<const StageReceipt> receipts, Stage stage) {
    const auto found = std::ranges::find(receipts, stage, &StageReceipt::stage);
    return found == receipts.end() ? nullptr : &*found;
}

// A list that was cut may lack the very one that a rule asks for: then findings count as not known.
std::optional<std::vector<std::string>> codes_of(std::span<const StageReceipt> receipts) {
    std::vector<std::string> codes;
    for (const StageReceipt& receipt : receipts) {
        if (receipt.omitted > 0) return std::nullopt;
        for (const FindingRecord& finding : receipt.findings) codes.emplace_back(row_of(finding.entry.finding).code);
    }
    std::ranges::sort(codes);
    codes.erase(std::ranges::unique(codes).begin(), codes.end());
    return codes;
}

void add_content(policy::Sample& question, const StageReceipt& sanitize) {
    const TypeRow& type = row_of(sanitize.type_in);
    question.type = type.name;
    question.level = judge::reached_of(sanitize.level);
    // An archive of which no depth was told was looked at by a version that did not count.
    if (type.family == Family::archive && sanitize.archive_depth == 0) return;
    question.archive_depth = sanitize.archive_depth;
    question.archive_members = sanitize.archive_members;
}

} // namespace

std::optional<std::chrono::sys_days> local_day(std::int64_t time) {
    const auto local = local_time(time);
    if (!local) return std::nullopt;
    return day_of(*local);
}

Judge::Judge() : m_policy(policy::Policy::deny_all()) {}

Judge::Judge(policy::Policy policy, std::int64_t until)
    : m_policy(std::move(policy)), m_until(until), m_present(true) {}

std::string Judge::digest() const {
    return m_present ? to_hex(m_policy.digest()) : "";
}

bool Judge::has_ended(std::int64_t now) const {
    if (!m_present) return false;
    if (m_until != 0 && now >= m_until) return true;
    const auto& valid = m_policy.compiled().valid;
    if (!valid) return false;
    const auto today = local_day(now);
    return !today || today->time_since_epoch().count() > static_cast<std::int64_t>(valid->until);
}

Admission Judge::admit(const Transfer& transfer) const {
    Admission admission;
    admission.question = question_of(transfer);
    admission.answer = judge::decide(m_policy, judge::Phase::announced, admission.question);
    admission.allowed = admission.answer.allowed;
    admission.message = message_of(admission.answer.decision);
    admission.rules = joined_rules(admission.answer.decision.rules);
    admission.level = admission.answer.level;
    admission.options = judge::options_of(admission.answer.mild);
    return admission;
}

Judgement Judge::judge(const Transfer& transfer, std::span<const StageReceipt> receipts) const {
    Judgement judgement;
    judgement.question = question_of(transfer);
    if (const StageReceipt* sanitize = receipt_of(receipts, Stage::sanitize))
        add_content(judgement.question, *sanitize);
    judgement.question.findings = codes_of(receipts);
    judgement.answer = judge::decide(m_policy, judge::Phase::examined, judgement.question);
    const policy::Decision& decision = judgement.answer.decision;
    judgement.allowed = judgement.answer.allowed;
    judgement.message = message_of(decision);
    judgement.rules = joined_rules(decision.rules);
    judgement.level = judgement.answer.level;
    judgement.options = judge::options_of(judgement.answer.mild);
    judgement.keep_days = decision.keep_days.value_or(0);
    judgement.delay_minutes = decision.delay_minutes.value_or(0);
    judgement.approvals = decision.approvals;
    if (!judgement.allowed && decision.outcome == policy::Outcome::allow)
        judgement.message = "規則が求める透かしを入れられません (the watermark that a rule requires cannot be drawn)";
    return judgement;
}

bool Judge::may_approve(const policy::Approval& needed, const Person& person, std::string_view zone,
                        const Transfer& transfer) const {
    // The engine says so, too; a rule that keeps two people apart is worth saying twice.
    if (person.person == transfer.sender.person) return false;
    return m_policy.may_approve(needed, {person.person, person.groups, zone}, transfer.sender.person);
}

} // namespace sekisho::ledger
