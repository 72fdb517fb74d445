// What the ledger answers. Portals speak for people of their own zone only; the ledger checks the zone against the
// peer's process name. Conveyor and portals cannot use each other's messages (phase and peer matrix in ledger/).
#pragma once

#include "gateway/protocol/receipt.h"

namespace sekisho::ledger {

// --- portal@ZONE: sending --------------------------------------------------------------------------------------------

struct CreateUpload {
    static constexpr std::uint16_t type = 0x0101;
    Person sender;
    std::string zone_to;
    std::string recipient; // a person; empty = the sender's own desk in zone_to
    std::string name;      // UTF-8 as the browser gave it; cleaned by the ledger
    std::uint64_t size = 0;
    std::string comment;                      // for the approver
    std::vector<std::string> passwords = {};  // that open the file; UTF-8, none of them empty. Kept in memory only.
    std::vector<worker::WirePart> parts = {}; // of a split archive, whose parts come one behind the other; else none
    static void fields(auto& self, auto& codec) {
        codec.inside(self.sender);
        codec.text(self.zone_to, 32);
        codec.text(self.recipient, 64);
        codec.text(self.name, 1024);
        codec.number(self.size);
        codec.text(self.comment, 2000);
        codec.texts(self.passwords, worker::Sanitize::most_passwords, worker::Sanitize::longest_password);
        codec.list(self.parts, worker::Sanitize::most_parts);
    }
};

// Answers CreateUpload, UploadStatus and AppendUpload.
struct UploadState {
    static constexpr std::uint16_t type = 0x0102;
    TransferId id{};
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::int64_t expires = 0; // Unix seconds
    bool complete = false;    // true: durable, journalled, acknowledged
    static void fields(auto& self, auto& codec) {
        codec.fixed(self.id);
        codec.number(self.offset);
        codec.number(self.size);
        codec.number(self.expires);
        codec.flag(self.complete);
    }
};

struct UploadStatus {
    static constexpr std::uint16_t type = 0x0103;
    Person sender;
    TransferId id{};
    static void fields(auto& self, auto& codec) {
        codec.inside(self.sender);
        codec.fixed(self.id);
    }
};

enum class Checksum : std::uint8_t { none, sha1, sha256, count };

// With the read end of a pipe. The ledger reads until the pipe ends; bytes beyond the declared size are refused.
struct AppendUpload {
    static constexpr std::uint16_t type = 0x0104;
    Person sender;
    TransferId id{};
    std::uint64_t offset = 0;
    Checksum checksum = Checksum::none; // of this piece; on a mismatch the piece is dropped ("upload.checksum")
    Bytes checksum_value;
    static void fields(auto& self, auto& codec) {
        codec.inside(self.sender);
        codec.fixed(self.id);
        codec.number(self.offset);
        codec.choice(self.checksum);
        codec.octets(self.checksum_value, 64);
    }
};

// Ends an upload, or withdraws a transfer that is not delivered yet. Answer: Done.
struct Withdraw {
    static constexpr std::uint16_t type = 0x0105;
    Person sender;
    TransferId id{};
    static void fields(auto& self, auto& codec) {
        codec.inside(self.sender);
        codec.fixed(self.id);
    }
};

// --- portal@ZONE: looking --------------------------------------------------------------------------------------------

enum class Box : std::uint8_t { sent, inbox, approval, history, count }; // 送信 受取 承認 履歴

struct Summary {
    TransferId id{};
    State state = State::uploading;
    std::string name; // cleaned, with the extension of what is delivered once that is known
    std::string zone_from;
    std::string zone_to;
    std::string sender;    // display name
    std::string recipient; // person id
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0; // 0 until sanitised
    std::uint64_t offset = 0;    // while uploading
    Type type = Type::unknown;
    Reason reason = Reason::none; // why refused or failed
    std::uint32_t findings = 0;
    std::uint32_t approvals_needed = 0;
    std::uint32_t approvals_given = 0;
    std::int64_t created = 0; // Unix milliseconds
    std::int64_t changed = 0;
    bool picked_up = false;
    static void fields(auto& self, auto& codec) {
        codec.fixed(self.id);
        codec.choice(self.state);
        codec.text(self.name, 512);
        codec.text(self.zone_from, 32);
        codec.text(self.zone_to, 32);
        codec.text(self.sender, 128);
        codec.text(self.recipient, 64);
        codec.number(self.bytes_in);
        codec.number(self.bytes_out);
        codec.number(self.offset);
        codec.choice(self.type);
        codec.choice(self.reason);
        codec.number(self.findings);
        codec.number(self.approvals_needed);
        codec.number(self.approvals_given);
        codec.number(self.created);
        codec.number(self.changed);
        codec.flag(self.picked_up);
    }
};

struct ListTransfers {
    static constexpr std::uint16_t type = 0x0110;
    Person viewer;
    Box box = Box::sent;
    std::uint64_t before = 0; // cursor of the previous page; 0 = newest
    std::uint16_t most = 50;  // at most 50
    static void fields(auto& self, auto& codec) {
        codec.inside(self.viewer);
        codec.choice(self.box);
        codec.number(self.before);
        codec.number(self.most);
    }
};

struct TransferList {
    static constexpr std::uint16_t type = 0x0111;
    std::vector<Summary> transfers;
    std::uint64_t next = 0;    // cursor; 0 = no more
    std::uint64_t version = 0; // for WaitChange
    bool emergency = false;    // one person alone put the policy into force: everybody is told
    static void fields(auto& self, auto& codec) {
        codec.flag(self.emergency);
        codec.list(self.transfers, 50);
        codec.number(self.next);
        codec.number(self.version);
    }
};

struct GetTransfer {
    static constexpr std::uint16_t type = 0x0112;
    Person viewer;
    TransferId id{};
    static void fields(auto& self, auto& codec) {
        codec.inside(self.viewer);
        codec.fixed(self.id);
    }
};

struct ApprovalRecord {
    std::string approver; // display name
    bool approved = false;
    std::string reason;
    std::int64_t time = 0; // Unix milliseconds
    static void fields(auto& self, auto& codec) {
        codec.text(self.approver, 128);
        codec.flag(self.approved);
        codec.text(self.reason, 1000);
        codec.number(self.time);
    }
};

struct TransferDetail {
    static constexpr std::uint16_t type = 0x0113;
    Summary summary;
    std::string comment;
    std::string message;              // policy's own words when policy refused: the rule's reason
    std::string rules;                // deciding rule ids, space separated
    std::string policy_digest;        // hexadecimal
    std::vector<StageReceipt> stages; // at most 3
    std::vector<ApprovalRecord> approvals;
    bool may_approve = false;    // this viewer, now
    worker::WireOptions options; // that held
    static void fields(auto& self, auto& codec) {
        codec.inside(self.summary);
        codec.text(self.comment, 2000);
        codec.text(self.message, 1000);
        codec.text(self.rules, 1000);
        codec.text(self.policy_digest, 64);
        codec.list(self.stages, 3);
        codec.list(self.approvals, 8);
        codec.flag(self.may_approve);
        codec.inside(self.options);
    }
};

// Answer: Delivered with a read-only descriptor. Counts as picked up.
struct OpenDelivered {
    static constexpr std::uint16_t type = 0x0114;
    Person viewer;
    TransferId id{};
    static void fields(auto& self, auto& codec) {
        codec.inside(self.viewer);
        codec.fixed(self.id);
    }
};

struct Delivered {
    static constexpr std::uint16_t type = 0x0115;
    std::string name;
    std::uint64_t size = 0;
    Type file_type = Type::unknown;
    Digest digest{};
    static void fields(auto& self, auto& codec) {
        codec.text(self.name, 512);
        codec.number(self.size);
        codec.choice(self.file_type);
        codec.fixed(self.digest);
    }
};

// The 無害化証明 as JSON. Answer: Receipt with a sealed memory file that holds it.
struct GetReceipt {
    static constexpr std::uint16_t type = 0x0116;
    Person viewer;
    TransferId id{};
    static void fields(auto& self, auto& codec) {
        codec.inside(self.viewer);
        codec.fixed(self.id);
    }
};

struct Receipt {
    static constexpr std::uint16_t type = 0x0117;
    std::uint64_t size = 0;
    static void fields(auto& self, auto& codec) { codec.number(self.size); }
};

// Approve, or send back with a reason. Answer: Done. The sender can never decide.
struct Decide {
    static constexpr std::uint16_t type = 0x0118;
    Person approver;
    TransferId id{};
    bool approve = false;
    std::string reason;
    static void fields(auto& self, auto& codec) {
        codec.inside(self.approver);
        codec.fixed(self.id);
        codec.flag(self.approve);
        codec.text(self.reason, 1000);
    }
};

// Answered when anything of this viewer's changed after `version`, or after 25 s. Answer: Changed.
struct WaitChange {
    static constexpr std::uint16_t type = 0x0119;
    Person viewer;
    std::uint64_t version = 0;
    static void fields(auto& self, auto& codec) {
        codec.inside(self.viewer);
        codec.number(self.version);
    }
};

struct Changed {
    static constexpr std::uint16_t type = 0x011A;
    std::uint64_t version = 0;
    static void fields(auto& self, auto& codec) { codec.number(self.version); }
};

// --- conveyor --------------------------------------------------------------------------------------------------------

// Answered when there is work (may take long: a worker asks with a patience of 30 s and asks again).
struct Lease {
    static constexpr std::uint16_t type = 0x0120;
    static void fields(auto&, auto&) {}
};

// With a read-only descriptor of the input. The spool file is never written again.
struct Leased {
    static constexpr std::uint16_t type = 0x0121;
    bool nothing = false; // no work now
    TransferId id{};
    std::uint32_t epoch = 0; // fences off answers of an earlier lease
    std::string zone_from;
    std::string zone_to;
    std::string name; // hint for csv or txt only
    std::uint64_t size = 0;
    Digest digest{};
    Level level = Level::rebuild; // the mildest that may suffice; policy asks again once the type is known
    worker::WireOptions options;  // likewise
    std::vector<std::string> passwords = {};
    std::vector<worker::WirePart> parts = {}; // if the input is a split archive
    static void fields(auto& self, auto& codec) {
        codec.flag(self.nothing);
        codec.fixed(self.id);
        codec.number(self.epoch);
        codec.text(self.zone_from, 32);
        codec.text(self.zone_to, 32);
        codec.text(self.name, 512);
        codec.number(self.size);
        codec.fixed(self.digest);
        codec.choice(self.level);
        codec.inside(self.options);
        codec.texts(self.passwords, worker::Sanitize::most_passwords, worker::Sanitize::longest_password);
        codec.list(self.parts, worker::Sanitize::most_parts);
    }
};

// With the read end of a pipe that the worker writes its output to. The ledger stages it, hashes it, syncs it.
// Answer: OutputStored with a read-only descriptor of the staged file, once the pipe has ended.
struct StoreOutput {
    static constexpr std::uint16_t type = 0x0122;
    TransferId id{};
    std::uint32_t epoch = 0;
    std::uint64_t limit = 0; // bytes
    static void fields(auto& self, auto& codec) {
        codec.fixed(self.id);
        codec.number(self.epoch);
        codec.number(self.limit);
    }
};

struct OutputStored {
    static constexpr std::uint16_t type = 0x0123;
    std::uint64_t size = 0;
    Digest digest{};
    static void fields(auto& self, auto& codec) {
        codec.number(self.size);
        codec.fixed(self.digest);
    }
};

// The pipeline's result: one receipt per stage that ran, in order, and the ticket if all passed. Answer: Done, once it
// is durable. The ledger then asks policy.
struct Complete {
    static constexpr std::uint16_t type = 0x0124;
    TransferId id{};
    std::uint32_t epoch = 0;
    std::vector<StageReceipt> receipts;
    bool has_ticket = false;
    Ticket ticket;
    worker::WireOptions options; // that the sanitiser was asked for
    static void fields(auto& self, auto& codec) {
        codec.fixed(self.id);
        codec.number(self.epoch);
        codec.list(self.receipts, 3);
        codec.flag(self.has_ticket);
        codec.inside(self.ticket);
        codec.inside(self.options);
    }
};

// --- operator (root, `sekisho`)
// ---------------------------------------------------------------------------------------

struct GetHealth {
    static constexpr std::uint16_t type = 0x0130;
    static void fields(auto&, auto&) {}
};

struct Health {
    static constexpr std::uint16_t type = 0x0131;
    bool accepting = false;
    std::string reason; // why not: "no-policy", "no-space", "audit-unwritable", "journal-unwritable"
    std::string policy_digest;
    bool emergency = false;    // one person alone put this policy into force
    std::uint64_t waiting = 0; // received or processing
    std::uint64_t held = 0;
    std::uint64_t delivered = 0;
    std::uint64_t free_bytes = 0;
    static void fields(auto& self, auto& codec) {
        codec.flag(self.accepting);
        codec.text(self.reason, 64);
        codec.text(self.policy_digest, 64);
        codec.flag(self.emergency);
        codec.number(self.waiting);
        codec.number(self.held);
        codec.number(self.delivered);
        codec.number(self.free_bytes);
    }
};

} // namespace sekisho::ledger
