// What the operator (root, `sekisho policy`) asks the ledger about the policy in force. Files travel in sealed memory
// files.
#pragma once

#include "base/ipc/codec.h"

namespace sekisho::ledger {

// One that was put into force.
struct PolicyEntry {
    std::uint64_t number = 0; // from 1
    std::int64_t time = 0;    // Unix milliseconds, of its activation
    std::string act;          // "activate" or "rollback"
    std::uint64_t version = 0;
    std::string title;
    std::string valid;    // "2026-04-01..2027-03-31", or empty
    std::string digest;   // of the policy, hexadecimal: what decisions are recorded with
    std::string manifest; // SHA-256 of the manifest, hexadecimal: what the next one follows
    std::string author;
    std::vector<std::string> approvers;
    std::string reason;
    bool break_glass = false;
    std::int64_t until = 0; // Unix milliseconds, of break-glass; 0: no such end
    static void fields(auto& self, auto& codec) {
        codec.number(self.number);
        codec.number(self.time);
        codec.text(self.act, 16);
        codec.number(self.version);
        codec.text(self.title, 1000);
        codec.text(self.valid, 32);
        codec.text(self.digest, 64);
        codec.text(self.manifest, 64);
        codec.text(self.author, 64);
        codec.texts(self.approvers, 16, 64);
        codec.text(self.reason, 1000);
        codec.flag(self.break_glass);
        codec.number(self.until);
    }
};

struct GetPolicy {
    static constexpr std::uint16_t type = 0x0140;
    static void fields(auto&, auto&) {}
};

// Answers GetPolicy, ActivatePolicy and ShadowPolicy.
struct PolicyStatus {
    static constexpr std::uint16_t type = 0x0141;
    bool in_force = false;
    std::string problem; // why nothing is in force: a code of policy/sign/problems.def
    std::string about;
    PolicyEntry newest; // that was put into force; number 0: none ever was
    bool shadowing = false;
    std::string shadow_digest;
    std::uint64_t shadow_version = 0;
    std::int64_t shadow_since = 0; // Unix milliseconds
    std::uint64_t shadow_asked = 0;
    std::uint64_t shadow_differences = 0;
    static void fields(auto& self, auto& codec) {
        codec.flag(self.in_force);
        codec.text(self.problem, 16);
        codec.text(self.about, 512);
        codec.inside(self.newest);
        codec.flag(self.shadowing);
        codec.text(self.shadow_digest, 64);
        codec.number(self.shadow_version);
        codec.number(self.shadow_since);
        codec.number(self.shadow_asked);
        codec.number(self.shadow_differences);
    }
};

// With a sealed memory file that holds a sign::Bundle. Answered once it is in force and durable.
struct ActivatePolicy {
    static constexpr std::uint16_t type = 0x0142;
    static void fields(auto&, auto&) {}
};

struct ListPolicies {
    static constexpr std::uint16_t type = 0x0143;
    std::uint64_t before = 0; // 0: from the newest
    static void fields(auto& self, auto& codec) { codec.number(self.before); }
};

struct PolicyList {
    static constexpr std::uint16_t type = 0x0144;
    static constexpr std::size_t most = 12;
    std::vector<PolicyEntry> policies; // newest first
    static void fields(auto& self, auto& codec) { codec.list(self.policies, most); }
};

struct GetPolicyBundle {
    static constexpr std::uint16_t type = 0x0145;
    std::uint64_t number = 0; // 0: the newest
    static void fields(auto& self, auto& codec) { codec.number(self.number); }
};

// With a sealed memory file that holds a sign::Bundle.
struct PolicyBundle {
    static constexpr std::uint16_t type = 0x0146;
    std::uint64_t size = 0;
    PolicyEntry entry;
    static void fields(auto& self, auto& codec) {
        codec.number(self.size);
        codec.inside(self.entry);
    }
};

// Recorded decisions, oldest first.
struct ListDecisions {
    static constexpr std::uint16_t type = 0x0147;
    std::int64_t since = 0;   // Unix milliseconds
    std::uint64_t after = 0;  // the number of the last one of the page before
    bool differences = false; // only those that the shadow decided differently
    static void fields(auto& self, auto& codec) {
        codec.number(self.since);
        codec.number(self.after);
        codec.flag(self.differences);
    }
};

// With a sealed memory file that holds judge::Record (encode_records).
struct DecisionPage {
    static constexpr std::uint16_t type = 0x0148;
    std::uint64_t size = 0;
    std::uint64_t last = 0; // number of its last one; 0: there are no more
    static void fields(auto& self, auto& codec) {
        codec.number(self.size);
        codec.number(self.last);
    }
};

// Start: with a sealed memory file that holds a sign::Bundle, signed or not: it decides nothing.
struct ShadowPolicy {
    static constexpr std::uint16_t type = 0x0149;
    bool start = false;
    static void fields(auto& self, auto& codec) { codec.flag(self.start); }
};

} // namespace sekisho::ledger
