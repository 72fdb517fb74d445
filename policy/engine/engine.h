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
#include "policy/engine/request.h"
#include "policy/engine/vocabulary.h"
#include "policy/language/diagnostic.h"
#include "policy/language/syntax.h"

namespace sekisho::policy {

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

// "attachments", "keep"
struct Chosen {
    std::string name;
    std::string word;
    friend bool operator==(const Chosen&, const Chosen&) = default;
};

struct Decision {
    Outcome outcome = Outcome::deny;
    Ground ground = Ground::no_policy;
    std::vector<std::string> rules; // ids of the deciding rules, sorted
    std::string reason;             // theirs, " / " between several; may be empty
    // Of an allow:
    Strictness strictness = Strictness::rebuild;
    std::vector<Chosen> mild;        // the choices that are not the strict ones: every deciding rule says so
    std::vector<Approval> approvals; // all of them are needed
    std::optional<unsigned> keep_days;
    std::optional<unsigned> delay_minutes;
    std::vector<std::string> watermarks; // sorted
    friend bool operator==(const Decision&, const Decision&) = default;
};

// A decision in the numbers of one compiled policy. Reused from one decision to the next, it needs no memory after the
// first few.
struct Ruling {
    Outcome outcome = Outcome::deny;
    Ground ground = Ground::no_policy;
    std::vector<std::uint32_t> rules; // indices into Compiled::rules, sorted: of the deciding rules
};

// Whether two names are of one person. Directories ignore case in account names: nobody approves their own transfer by
// typing a capital letter.
bool same_person(std::string_view a, std::string_view b);

struct Approver {
    std::string_view person; // the same name space as Request::sender
    std::span<const std::string> groups;
    std::string_view zone; // that the session is bound to
};

std::string_view name_of(Outcome outcome);
std::string_view name_of(Ground ground);

struct Compiled;

// Of one file its SHA-256. Of several that of what `sha256sum MAIN OTHERS...` prints, the others in the order of their
// names.
Digest digest_of(const Sources& sources);

class Policy {
public:
    // All problems at once, in the order of the files and of what is in them. Does not prove what `never` and `must`
    // say.
    static std::expected<Policy, std::vector<Diagnostic>> load(const Sources& sources, const Vocabulary& known);
    // A policy of one file.
    static std::expected<Policy, std::vector<Diagnostic>> load(std::string_view source, const Vocabulary& known);
    // What holds while there is no valid policy.
    static Policy deny_all();
    // Of the tables of a policy, with a rule changed: what the analysis asks "what if" of. Not for use.
    static Policy of(Compiled compiled);

    Decision decide(const Request& request) const;
    // The same in numbers, and what they mean in words: decide(request) is words(ruling) after rule(request, ruling).
    void rule(const Request& request, Ruling& into) const;
    Decision words(const Ruling& ruling) const;
    // False only if decide() denies whatever the unknown attributes turn out to be: the sender can be told at once.
    bool possible(const Request& request) const;

    // Never the sender, and only from the zone of the requirement.
    bool may_approve(const Approval& needed, const Approver& approver, std::string_view sender) const;

    std::string_view name() const;
    std::uint64_t version() const;
    // See digest_of(); of nothing for deny_all().
    const Digest& digest() const;
    // Least trusted first.
    std::span<const std::string> zones() const;
    const Compiled& compiled() const { return *m_compiled; }

private:
    explicit Policy(std::shared_ptr<const Compiled> compiled) : m_compiled(std::move(compiled)) {}
    std::shared_ptr<const Compiled> m_compiled;
};

} // namespace sekisho::policy
