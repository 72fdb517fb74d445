#pragma once

namespace sekisho::ledger {

inline constexpr int schema_version = 1;

// Version 1. Numbers that a person never sees are numbers; rows of the catalogue are their stable codes.
inline constexpr const char* schema = R"sql(
CREATE TABLE transfers (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
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
CREATE INDEX transfers_state ON transfers (state, person);
CREATE INDEX transfers_sender ON transfers (person, zone_from);
CREATE INDEX transfers_recipient ON transfers (recipient, zone_to);
CREATE INDEX transfers_expiry ON transfers (expires) WHERE expires > 0;
CREATE INDEX transfers_leafless ON transfers (released_sequence) WHERE state = 5 AND leaf < 0;
CREATE TABLE receipts (
    transfer BLOB NOT NULL REFERENCES transfers (id),
    position INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (transfer, position)
) STRICT, WITHOUT ROWID;
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
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    body TEXT NOT NULL
) STRICT;
PRAGMA user_version = 1;
)sql";

} // namespace sekisho::ledger
