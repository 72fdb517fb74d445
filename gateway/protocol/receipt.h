// What each stage says it saw and did. `release` and the audit log read nothing else about a file.
#pragma once

#include "base/crypto/crypto.h"
#include "gateway/protocol/transfer.h"

namespace sekisho {

struct StageReceipt {
    Stage stage = Stage::scan;
    Verdict verdict = Verdict::failed; // delivered = this stage lets it pass
    Reason reason = Reason::none;      // set unless the verdict is delivered
    Digest digest_in{};                // SHA-256, computed by the conveyor or the ledger, never by a worker
    Digest digest_out{};               // scan and verify: equal to digest_in
    std::uint64_t bytes_in = 0;
    std::uint64_t bytes_out = 0;
    Type type_in = Type::unknown;
    Type type_out = Type::unknown;
    Level level = Level::rebuild;
    std::uint32_t wall_microseconds = 0;
    std::uint32_t omitted = 0;           // findings beyond the list
    std::uint64_t engine_version = 0;    // scan: signature database version; else the program's
    std::vector<FindingRecord> findings; // at most Report::most_entries
    std::uint32_t archive_depth = 0;     // sanitise: archives in archives; 0: no archive
    std::uint32_t archive_members = 0;   // sanitise: files in all of them
    static void fields(auto& self, auto& codec) {
        fields_of_version_4(self, codec);
        worker::details_of(self.findings, codec);
    }
    // What a journal up to version 4 holds.
    static void fields_of_version_4(auto& self, auto& codec) {
        codec.choice(self.stage);
        codec.choice(self.verdict);
        codec.choice(self.reason);
        codec.fixed(self.digest_in);
        codec.fixed(self.digest_out);
        codec.number(self.bytes_in);
        codec.number(self.bytes_out);
        codec.choice(self.type_in);
        codec.choice(self.type_out);
        codec.choice(self.level);
        codec.number(self.wall_microseconds);
        codec.number(self.omitted);
        codec.number(self.engine_version);
        codec.list(self.findings, Report::most_entries);
        codec.number(self.archive_depth); // the journal of version 1 ends before this
        codec.number(self.archive_members);
    }
};

// The verifier's permission for exactly these bytes to be released, once, in time. See gateway/ticket/.
struct Ticket {
    TransferId transfer{};
    std::uint32_t epoch = 0; // of the conveyor's lease: a ticket of an earlier try is worth nothing
    Digest digest_in{};
    Digest digest_out{};
    std::uint64_t bytes_out = 0;
    Type type = Type::unknown;
    Level level = Level::rebuild;
    std::string zone_from;
    std::string zone_to;
    std::int64_t not_after = 0; // Unix seconds
    Signature signature{};
    static void fields(auto& self, auto& codec) {
        signed_fields(self, codec);
        codec.fixed(self.signature);
    }
    static void signed_fields(auto& self, auto& codec) {
        codec.fixed(self.transfer);
        codec.number(self.epoch);
        codec.fixed(self.digest_in);
        codec.fixed(self.digest_out);
        codec.number(self.bytes_out);
        codec.choice(self.type);
        codec.choice(self.level);
        codec.text(self.zone_from, 32);
        codec.text(self.zone_to, 32);
        codec.number(self.not_after);
    }
};

} // namespace sekisho
