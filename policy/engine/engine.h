// A policy as a compiled snapshot, and the questions that are asked of it. A snapshot never changes: threads share it,
// and a transfer that began under one goes on under it. There are no run-time errors: an attribute that is not known is
// a value.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/crypto/crypto.h"
#include "policy/engine/vocabulary.h"
#include "policy/language/diagnostic.h"
#include "policy/language/syntax.h"

namespace sekisho::policy {

// What is known about a transfer; what is not known yet stays empty. Borrows everything.
// INVARIANT: names of people and groups are in NFC, as the directory normalises them. One that is not counts as not
// known.
struct Request {
    std::string_view from;
    std::string_view to;
    std::string_view sender; // the person, the same in every zone; empty: not known
    std::span<const std::string> sender_groups;
    std::optional<std::string_view> type; // a name of the vocabulary; any other counts as not known
    std::optional<std::uint64_t> size;    // bytes
    std::optional<std::span<const std::string_view>> findings;
    std::optional<unsigned> archive_depth;    // 0: no archive
    std::optional<unsigned> minute;           // of the local day, 0 to 1439
    std::optional<std::chrono::sys_days> day; // local; looked at if the policy has a validity
};

enum class Outcome : std::uint8_t { deny, allow };

// Why the outcome is what it is.
enum class Ground : std::uint8_t {
    no_policy,   // nothing was loaded
    not_valid,   // the day is outside the policy's validity, or not known
    no_rule,     // no allow matches
    forbidden,   // a forbid matches
    not_certain, // a forbid matches only because something is not known
    allowed
};

// One person counts once per requirement; several requirements are met each for itself.
struct Approval {
    unsigned count = 0;
    std::string group;
    std::string zone; // where the approver must be
    friend bool operator==(const Approval&, const Approval&) = default;
};

struct Decision {
    Outcome outcome = Outcome::deny;
    Ground ground = Ground::no_policy;
    std::vector<std::string> rules; // ids of the deciding rules, sorted
    std::string reason;             // theirs, " / " between several; may be empty
    // Of an allow:
    Strictness strictness = Strictness::rebuild;
    std::vector<Approval> approvals; // all of them are needed
    std::optional<unsigned> keep_days;
    friend bool operator==(const Decision&, const Decision&) = default;
};

struct Approver {
    std::string_view person; // the same name space as Request::sender
    std::span<const std::string> groups;
    std::string_view zone; // that the session is bound to
};

std::string_view name_of(Outcome outcome);
std::string_view name_of(Ground ground);
std::string_view name_of(Strictness strictness);

struct Compiled;

class Policy {
public:
    // All problems at once, in the order of the source.
    static std::expected<Policy, std::vector<Diagnostic>> load(std::string_view source, const Vocabulary& known);
    // What holds while there is no valid policy.
    static Policy deny_all();

    Decision decide(const Request& request) const;
    // False only if decide() denies whatever the unknown attributes turn out to be: the sender can be told at once.
    bool possible(const Request& request) const;

    // Never the sender, and only from the zone of the requirement.
    bool may_approve(const Approval& needed, const Approver& approver, std::string_view sender) const;

    std::string_view name() const;
    std::uint64_t version() const;
    // SHA-256 of the source; of nothing for deny_all().
    const Digest& digest() const;
    // Least trusted first.
    std::span<const std::string> zones() const;

private:
    explicit Policy(std::shared_ptr<const Compiled> compiled) : m_compiled(std::move(compiled)) {}
    std::shared_ptr<const Compiled> m_compiled;
};

} // namespace sekisho::policy
