// What `audit` answers. Everybody may append; nobody may change or delete.
#pragma once

#include "base/crypto/crypto.h"
#include "gateway/protocol/transfer.h"

namespace sekisho::audit {

// One canonical record: a JSON object of one line, made from the event table (gateway/audit/events.def). The log adds
// its own sequence number, time and source process.
struct Record {
    std::uint64_t source_sequence =
        0;            // counted by the source from 1 for ever; a repeated one is acknowledged, not stored
    std::string body; // the object's members without time, sequence and source
    static void fields(auto& self, auto& codec) {
        codec.number(self.source_sequence);
        codec.text(self.body, 8000);
    }
};

// Answer: Appended, once the records are on disk. fail "audit.unwritable".
struct Append {
    static constexpr std::uint16_t type = 0x0301;
    std::vector<Record> records; // at most 16 and 60 KB together
    static void fields(auto& self, auto& codec) { codec.list(self.records, 16); }
};

struct Appended {
    static constexpr std::uint16_t type = 0x0302;
    std::uint64_t source_sequence = 0; // the highest that is durable
    std::uint64_t leaf = 0;            // index of the last record in the tree
    static void fields(auto& self, auto& codec) {
        codec.number(self.source_sequence);
        codec.number(self.leaf);
    }
};

// The highest source_sequence of the asking process, so that it knows where to go on. Answer: Appended.
struct GetPosition {
    static constexpr std::uint16_t type = 0x0303;
    static void fields(auto&, auto&) {}
};

// A proof (RFC 9162 inclusion proof and signed checkpoint) for one leaf, as JSON. Answer: ProofAnswer.
struct GetProof {
    static constexpr std::uint16_t type = 0x0304;
    std::uint64_t leaf = 0;
    static void fields(auto& self, auto& codec) { codec.number(self.leaf); }
};

struct ProofAnswer {
    static constexpr std::uint16_t type = 0x0305;
    std::string json;
    static void fields(auto& self, auto& codec) { codec.text(self.json, 30000); }
};

// From the ledger only: signs a receipt (無害化証明) by the SHA-256 of its text. Answer: ReceiptSignature.
struct SignReceipt {
    static constexpr std::uint16_t type = 0x0306;
    Digest digest{};
    static void fields(auto& self, auto& codec) { codec.fixed(self.digest); }
};

struct ReceiptSignature {
    static constexpr std::uint16_t type = 0x0307;
    Signature signature{};
    static void fields(auto& self, auto& codec) { codec.fixed(self.signature); }
};

} // namespace sekisho::audit
