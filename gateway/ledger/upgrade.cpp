// Journals of earlier versions.
#include <map>

#include "gateway/ledger/journal.h"
#include "gateway/ledger/schema.h"
#include "gateway/ledger/stable_codec.h"

namespace sekisho::ledger {

namespace {

constexpr const char* set_aside = R"sql(
DROP INDEX transfers_state;
DROP INDEX transfers_sender;
DROP INDEX transfers_recipient;
DROP INDEX transfers_expiry;
DROP INDEX transfers_leafless;
DROP INDEX approvals_transfer;
ALTER TABLE receipts RENAME TO old_receipts;
ALTER TABLE approvals RENAME TO old_approvals;
ALTER TABLE outbox RENAME TO old_outbox;
ALTER TABLE transfers RENAME TO old_transfers;
)sql";

// The last record stays in the outbox from now on, because its number is where counting goes on. One that the log has
// is not stored again.
constexpr const char* take_over = R"sql(
INSERT INTO transfers SELECT * FROM old_transfers;
INSERT INTO approvals SELECT * FROM old_approvals;
INSERT INTO outbox SELECT * FROM old_outbox;
INSERT OR IGNORE INTO outbox
    SELECT seq, '{"event":"ledger.recovered"}' FROM sqlite_sequence WHERE name IN ('outbox', 'old_outbox') AND seq > 0;
DROP TABLE old_receipts;
DROP TABLE old_approvals;
DROP TABLE old_outbox;
DROP TABLE old_transfers;
)sql";

struct ReceiptOfVersion4 {
    StageReceipt receipt;
    static void fields(auto& self, auto& codec) { StageReceipt::fields_of_version_4(self.receipt, codec); }
};

// What cannot be read stays as it is: whoever asks for that receipt is told.
void add_details(Bytes& body) {
    StableDecoder decoder(body);
    std::vector<ReceiptOfVersion4> old;
    decoder.list(old, static_cast<std::size_t>(Stage::count));
    if (!decoder.finished()) return;
    std::vector<StageReceipt> receipts;
    for (ReceiptOfVersion4& one : old) receipts.push_back(std::move(one.receipt));
    StableEncoder encoder;
    encoder.list(receipts, static_cast<std::size_t>(Stage::count));
    body = encoder.take();
}

} // namespace

// Version 1 had a row for each stage, without how an archive is nested: two numbers of four bytes at the end.
Result<> Journal::upgrade_receipts() {
    std::map<std::uint64_t, std::vector<Bytes>> stages;
    TRY(m_database.each("SELECT t.number, r.body FROM old_receipts r JOIN old_transfers t ON t.id=r.transfer"
                        " ORDER BY t.number, r.position",
                        [&](Row& row) {
                            const auto number = static_cast<std::uint64_t>(row.number());
                            stages[number].push_back(row.blob());
                        }));
    for (const auto& [number, bodies] : stages) {
        ByteWriter joined;
        joined.u16le(static_cast<std::uint16_t>(bodies.size()));
        for (const Bytes& body : bodies) {
            joined.raw(body);
            joined.raw(Bytes(8, 0));
        }
        const Bytes body = joined.take();
        TRY(m_database.run("INSERT INTO receipts (transfer,body) VALUES (?,?)", number, View(body)));
    }
    return {};
}

Result<> Journal::upgrade_from_1() {
    TRY(m_database.script(set_aside));
    TRY(m_database.script(schema));
    TRY(upgrade_receipts());
    return m_database.script(take_over);
}

// Version 5 adds the details of findings at the end of each receipt.
Result<> Journal::upgrade_from_4() {
    std::vector<std::uint64_t> transfers;
    TRY(m_database.each("SELECT transfer FROM receipts",
                        [&](Row& row) { transfers.push_back(static_cast<std::uint64_t>(row.number())); }));
    for (const std::uint64_t transfer : transfers) {
        Bytes body;
        TRY(m_database.each(
            "SELECT body FROM receipts WHERE transfer=?", [&](Row& row) { body = row.blob(); }, transfer));
        add_details(body);
        TRY(m_database.run("UPDATE receipts SET body=? WHERE transfer=?", View(body), transfer));
    }
    return m_database.script("PRAGMA user_version = 5");
}

Result<> Journal::upgrade() {
    std::int64_t version = 0;
    TRY(m_database.each("PRAGMA user_version", [&](Row& row) { version = row.number(); }));
    if (version > schema_version)
        return fail("journal.newer", "the journal was written by a newer version", {},
                    "Install the version that wrote it, or restore a backup");
    if (version == schema_version) return {};
    // Tables change places under their references; nothing else can see them meanwhile.
    TRY(m_database.script("PRAGMA foreign_keys=OFF; PRAGMA legacy_alter_table=ON; BEGIN IMMEDIATE"));
    Result<> upgraded;
    if (version < 2) upgraded = version == 0 ? m_database.script(schema) : upgrade_from_1();
    if (upgraded && version < 3) upgraded = m_database.script(schema_of_policies);
    if (upgraded && version < 4) upgraded = m_database.script(schema_of_contents);
    if (upgraded && version < 5) upgraded = upgrade_from_4();
    if (upgraded && version < 6) upgraded = m_database.script(schema_of_options);
    if (upgraded && version < 7) upgraded = m_database.script(schema_of_passwords);
    if (upgraded) upgraded = m_database.script(schema_of_parts);
    if (upgraded) upgraded = m_database.script("COMMIT");
    if (!upgraded) {
        static_cast<void>(m_database.script("ROLLBACK"));
        return upgraded;
    }
    return m_database.script("PRAGMA legacy_alter_table=OFF; PRAGMA foreign_keys=ON");
}

} // namespace sekisho::ledger
