// One transfer as the journal keeps it.
#pragma once

#include "gateway/protocol/choices.h"
#include "gateway/protocol/receipt.h"

namespace sekisho::ledger {

// Of a split archive that came in one transfer.
struct Part {
    std::uint64_t size = 0;
    Digest digest{}; // once all is received
};

struct Transfer {
    std::uint64_t number = 0; // in order of creation; the cursor of lists
    TransferId id{};
    State state = State::uploading;
    std::uint32_t epoch = 0; // of the last lease; older ones are fenced off
    std::uint32_t attempts = 0;
    Person sender;
    std::string zone_from;
    std::string zone_to;
    std::string recipient;
    std::string origin; // the zone in which this content first came to the gateway; empty until it is known
    std::string name;
    std::string comment;
    std::uint64_t size = 0;
    std::uint64_t offset = 0; // durable bytes while uploading
    std::int64_t expires = 0; // Unix milliseconds: of the upload, of a delay, of what was delivered; 0 = never
    std::vector<Part> parts;  // in the order in which they lie one behind the other; of an ordinary file none
    Digest digest_in{};
    Digest digest_out{};
    std::uint64_t bytes_out = 0;
    Type type_in = Type::unknown;
    Type type_out = Type::unknown;
    Level level = Level::rebuild; // that the conveyor is asked for
    sekisho::Options options;     // likewise
    bool with_password = false;   // the sender gave some with it; see passwords.h
    Reason reason = Reason::none;
    std::string message; // policy's words
    std::string rules;
    std::string policy_digest;
    std::uint32_t findings = 0;
    std::uint32_t approvals_needed = 0;
    std::uint32_t approvals_given = 0;
    std::uint32_t keep_days = 0;
    std::int64_t created = 0; // Unix milliseconds, as the following
    std::int64_t changed = 0;
    std::int64_t received = 0;
    std::int64_t delivered = 0;
    bool picked_up = false;
    std::uint64_t decided_sequence = 0;  // of the audit record that must be acknowledged before release
    std::uint64_t released_sequence = 0; // of the audit record that the receipt's proof is for
    std::int64_t leaf = -1;              // of that record, once known
    Bytes ticket;                        // wire form

    // Every column but `number`.
    static void columns(auto& self, auto& column) {
        fixed_columns(self, column);
        changing_columns(self, column);
    }
    // Never written again: a change then leaves their indexes alone.
    static void fixed_columns(auto& self, auto& column) {
        column("id", self.id);
        column("account", self.sender.account);
        column("person", self.sender.person);
        column("display", self.sender.display);
        column("groups", self.sender.groups);
        column("zone_from", self.zone_from);
        column("zone_to", self.zone_to);
        column("recipient", self.recipient);
        column("name", self.name);
        column("comment", self.comment);
        column("size", self.size);
        column("created", self.created);
        column("with_password", self.with_password);
    }
    static void changing_columns(auto& self, auto& column) {
        column("state", self.state);
        column("epoch", self.epoch);
        column("attempts", self.attempts);
        column("upload_offset", self.offset);
        column("expires", self.expires);
        column("origin", self.origin);
        column("parts", self.parts);
        column("digest_in", self.digest_in);
        column("digest_out", self.digest_out);
        column("bytes_out", self.bytes_out);
        column("type_in", self.type_in);
        column("type_out", self.type_out);
        column("level", self.level);
        column("options", self.options);
        column("reason", self.reason);
        column("message", self.message);
        column("rules", self.rules);
        column("policy_digest", self.policy_digest);
        column("findings", self.findings);
        column("approvals_needed", self.approvals_needed);
        column("approvals_given", self.approvals_given);
        column("keep_days", self.keep_days);
        column("changed", self.changed);
        column("received", self.received);
        column("delivered", self.delivered);
        column("picked_up", self.picked_up);
        column("decided_sequence", self.decided_sequence);
        column("released_sequence", self.released_sequence);
        column("leaf", self.leaf);
        column("ticket", self.ticket);
    }
};

struct ApprovalRow {
    Person approver;
    bool approved = false;
    std::string zone; // that the approver worked in
    std::string reason;
    std::int64_t time = 0; // Unix milliseconds
    Digest digest_out{};   // the bytes that were approved; an approval is worth nothing for others
};

} // namespace sekisho::ledger
