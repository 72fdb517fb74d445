#pragma once

namespace sekisho::ledger {

inline constexpr int schema_version = 8;

// Version 2. Numbers that a person never sees are numbers; rows of the catalogue are their stable codes. Every page
// that a step of a transfer changes is written and synced, so an index covers only the rows that it is asked for, and
// only columns that seldom change: states below 5 (State::delivered) are those of transfers on their way.
inline constexpr const char* schema = R"sql(
CREATE TABLE transfers (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    state INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    account TEXT NOT NULL,
    person TEXT NOT NULL,
    display TEXT NOT NULL,
    groups TEXT NOT NULL,
    zone_from TEXT NOT NULL,
    zone_to TEXT NOT NULL,
    recipient TEXT NOT NULL,
    name TEXT NOT NULL,
    comment TEXT NOT NULL,
    size INTEGER NOT NULL,
    upload_offset INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    digest_in BLOB NOT NULL,
    digest_out BLOB NOT NULL,
    bytes_out INTEGER NOT NULL,
    type_in TEXT NOT NULL,
    type_out TEXT NOT NULL,
    level TEXT NOT NULL,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    rules TEXT NOT NULL,
    policy_digest TEXT NOT NULL,
    findings INTEGER NOT NULL,
    approvals_needed INTEGER NOT NULL,
    approvals_given INTEGER NOT NULL,
    keep_days INTEGER NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    received INTEGER NOT NULL,
    delivered INTEGER NOT NULL,
    picked_up INTEGER NOT NULL,
    decided_sequence INTEGER NOT NULL,
    released_sequence INTEGER NOT NULL,
    leaf INTEGER NOT NULL,
    ticket BLOB NOT NULL
) STRICT;
CREATE INDEX transfers_active ON transfers (person) WHERE state < 5;
CREATE INDEX transfers_sender ON transfers (person, zone_from);
CREATE INDEX transfers_recipient ON transfers (recipient, zone_to);
CREATE INDEX transfers_expiry ON transfers (expires) WHERE state = 5 AND expires > 0;
CREATE INDEX transfers_leafless ON transfers (released_sequence) WHERE state = 5 AND leaf < 0;
CREATE TABLE receipts (
    transfer INTEGER PRIMARY KEY REFERENCES transfers (number),
    body BLOB NOT NULL
) STRICT;
CREATE TABLE approvals (
    number INTEGER PRIMARY KEY,
    transfer BLOB NOT NULL REFERENCES transfers (id),
    account TEXT NOT NULL,
    person TEXT NOT NULL,
    display TEXT NOT NULL,
    groups TEXT NOT NULL,
    approved INTEGER NOT NULL,
    zone TEXT NOT NULL,
    reason TEXT NOT NULL,
    time INTEGER NOT NULL,
    digest_out BLOB NOT NULL
) STRICT;
CREATE INDEX approvals_transfer ON approvals (transfer);
CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;
PRAGMA user_version = 2;
)sql";

// What version 3 adds: policies that were put into force, decisions with the question that was asked, the policy that
// decides beside the one in force. A transfer's content is found again by what it was delivered as.
inline constexpr const char* schema_of_policies = R"sql(
ALTER TABLE transfers ADD COLUMN origin TEXT NOT NULL DEFAULT '';
CREATE INDEX transfers_output ON transfers (digest_out) WHERE delivered > 0;
CREATE TABLE policies (
    number INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    act TEXT NOT NULL,
    version INTEGER NOT NULL,
    title TEXT NOT NULL,
    valid TEXT NOT NULL,
    digest TEXT NOT NULL,
    manifest TEXT NOT NULL UNIQUE,
    author TEXT NOT NULL,
    approvers TEXT NOT NULL,
    reason TEXT NOT NULL,
    break_glass INTEGER NOT NULL,
    until INTEGER NOT NULL,
    bundle BLOB NOT NULL
) STRICT;
CREATE TABLE decisions (
    number INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    transfer TEXT NOT NULL,
    policy TEXT NOT NULL,
    phase INTEGER NOT NULL,
    question BLOB NOT NULL,
    answer BLOB NOT NULL,
    shadow TEXT NOT NULL,
    shadow_answer BLOB NOT NULL
) STRICT;
CREATE INDEX decisions_shadow ON decisions (shadow) WHERE length(shadow_answer) > 0;
CREATE TABLE shadow (
    number INTEGER PRIMARY KEY CHECK (number = 1),
    since INTEGER NOT NULL,
    first_decision INTEGER NOT NULL,
    bundle BLOB NOT NULL
) STRICT;
PRAGMA user_version = 3;
)sql";

// What version 4 adds: received content that is so small that its own file would cost more than the row.
inline constexpr const char* schema_of_contents = R"sql(
CREATE TABLE contents (
    transfer INTEGER PRIMARY KEY REFERENCES transfers (number),
    body BLOB NOT NULL
) STRICT;
PRAGMA user_version = 4;
)sql";

// What version 6 adds: which of the sanitiser's choices are not the strictest.
inline constexpr const char* schema_of_options = R"sql(
ALTER TABLE transfers ADD COLUMN options TEXT NOT NULL DEFAULT '';
PRAGMA user_version = 6;
)sql";

// What version 7 adds: that the sender gave passwords, never which.
inline constexpr const char* schema_of_passwords = R"sql(
ALTER TABLE transfers ADD COLUMN with_password INTEGER NOT NULL DEFAULT 0;
PRAGMA user_version = 7;
)sql";

// What version 8 adds: the parts of a split archive.
inline constexpr const char* schema_of_parts = R"sql(
ALTER TABLE transfers ADD COLUMN parts TEXT NOT NULL DEFAULT '';
PRAGMA user_version = 8;
)sql";

} // namespace sekisho::ledger
