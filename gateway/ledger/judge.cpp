#include "gateway/ledger/judge.h"

#include <algorithm>
#include <ctime>

namespace sekisho::ledger {

namespace {

policy::Vocabulary vocabulary() {
    policy::Vocabulary known;
    for (const TypeRow& row : all_types())
        if (row.type != Type::unknown) known.types.push_back({row.name, name_of(row.family)});
    for (const FindingRow& row : all_findings())
        if (row.finding != Finding::none) known.findings.push_back(row.code);
    return known;
}

Level level_of(policy::Strictness strictness) {
    switch (strictness) {
    case policy::Strictness::rebuild:
        return Level::rebuild;
    case policy::Strictness::flatten:
        return Level::flatten;
    case policy::Strictness::text:
        return Level::text;
    }
    bug("a strictness without a level");
}

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

// What is known from the start. Time is that of the announcement, so that waiting for an approver changes no answer.
policy::Request request_of(const Transfer& transfer) {
    policy::Request request;
    request.from = transfer.zone_from;
    request.to = transfer.zone_to;
    request.sender = transfer.sender.person;
    request.sender_groups = transfer.sender.groups;
    request.size = transfer.size;
    const std::time_t seconds = transfer.created / 1000;
    std::tm local{};
    if (!localtime_r(&seconds, &local)) return request;
    request.minute = static_cast<unsigned>(local.tm_hour * 60 + local.tm_min);
    request.day = std::chrono::sys_days(std::chrono::year(local.tm_year + 1900) /
                                        static_cast<unsigned>(local.tm_mon + 1) / static_cast<unsigned>(local.tm_mday));
    return request;
}

const StageReceipt* receipt_of(std::span<const StageReceipt> receipts, Stage stage) {
    const auto found = std::ranges::find(receipts, stage, &StageReceipt::stage);
    return found == receipts.end() ? nullptr : &*found;
}

// A list that was cut may lack the very one that a rule asks for: then findings count as not known.
std::optional<std::vector<std::string_view>> codes_of(std::span<const StageReceipt> receipts) {
    std::vector<std::string_view> codes;
    for (const StageReceipt& receipt : receipts) {
        if (receipt.omitted > 0) return std::nullopt;
        for (const FindingRecord& finding : receipt.findings) codes.push_back(row_of(finding.entry.finding).code);
    }
    return codes;
}

} // namespace

Judge::Judge() : m_policy(policy::Policy::deny_all()) {}

Result<Judge> Judge::load(std::string_view source) {
    auto loaded = policy::Policy::load(source, vocabulary());
    if (!loaded) {
        const std::string words =
            loaded.error().empty() ? "" : policy::message_of(loaded.error().front(), policy::Language::english);
        return reject("policy.invalid", "the policy cannot be used: " + words);
    }
    // An empty file is no policy, and whoever finds one has something to repair.
    if (loaded->zones().empty()) return reject("policy.invalid", "the policy is empty");
    Judge judge;
    judge.m_policy = std::move(*loaded);
    judge.m_present = true;
    return judge;
}

Result<Judge> Judge::load_file(const std::string& path) {
    constexpr std::uint64_t largest = 1U << 20;
    tzset(); // rules have hours of the local day, and later the time zone's file is out of reach
    return load(as_text(TRY(read_file(path, largest))));
}

std::string Judge::digest() const {
    return m_present ? to_hex(m_policy.digest()) : "";
}

Admission Judge::admit(const Transfer& transfer) const {
    Admission admission;
    policy::Request request = request_of(transfer);
    const policy::Decision now = m_policy.decide(request);
    admission.message = message_of(now);
    admission.rules = joined_rules(now.rules);
    if (!m_policy.possible(request)) return admission;
    admission.allowed = true;
    std::optional<Level> mildest;
    request.findings = std::span<const std::string_view>();
    request.archive_depth = 0;
    for (const TypeRow& row : all_types()) {
        request.type = row.name;
        const policy::Decision decision = m_policy.decide(request);
        if (decision.outcome != policy::Outcome::allow) continue;
        mildest = std::min(mildest.value_or(Level::block), level_of(decision.strictness));
    }
    admission.level = mildest.value_or(Level::rebuild);
    return admission;
}

Judgement Judge::judge(const Transfer& transfer, std::span<const StageReceipt> receipts) const {
    policy::Request request = request_of(transfer);
    if (const StageReceipt* sanitize = receipt_of(receipts, Stage::sanitize); sanitize) {
        request.type = row_of(sanitize->type_in).name;
        if (row_of(sanitize->type_in).family != Family::archive) request.archive_depth = 0;
    }
    const auto codes = codes_of(receipts);
    if (codes) request.findings = std::span<const std::string_view>(*codes);
    const policy::Decision decision = m_policy.decide(request);
    Judgement judgement;
    judgement.allowed = decision.outcome == policy::Outcome::allow;
    judgement.message = message_of(decision);
    judgement.rules = joined_rules(decision.rules);
    judgement.level = level_of(decision.strictness);
    judgement.keep_days = decision.keep_days.value_or(0);
    judgement.approvals = decision.approvals;
    return judgement;
}

bool Judge::may_approve(const policy::Approval& needed, const Person& person, std::string_view zone,
                        const Transfer& transfer) const {
    // The engine says so, too; a rule that keeps two people apart is worth saying twice.
    if (person.person == transfer.sender.person) return false;
    return m_policy.may_approve(needed, {person.person, person.groups, zone}, transfer.sender.person);
}

} // namespace sekisho::ledger
