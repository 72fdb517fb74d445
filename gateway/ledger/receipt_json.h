// The 無害化証明: what happened to a file, as JSON that a person keeps and a program checks.
#pragma once

#include "base/ipc/client.h"
#include "gateway/ledger/transfer_row.h"

namespace sekisho::ledger {

struct ReceiptContent {
    Transfer transfer;
    std::vector<StageReceipt> stages;
    std::vector<ApprovalRow> approvals;
    std::string proof; // a JSON object of the audit log, or empty
};

std::string receipt_json(const ReceiptContent& content);
// With the audit process's signature (gateway/audit/receipt.h), or null if it cannot be asked; in a sealed memory file.
Result<Descriptor> receipt_file(const ReceiptContent& content, Client& audit);
// The audit log's proof for the record of this release; empty if there is none yet or the log cannot be asked.
std::string fetch_proof(Client& audit, const Transfer& transfer);

} // namespace sekisho::ledger
