#include "gateway/ledger/believing.h"

#include <algorithm>

namespace sekisho::ledger {

namespace {

std::unexpected<Error> receipts_are_wrong(const char* what) {
    return reject("conveyor.receipts", what);
}
std::unexpected<Error> chain_is_wrong(const char* what) {
    return reject("conveyor.chain", what);
}
std::unexpected<Error> ticket_is_wrong(const char* what) {
    return reject("conveyor.ticket", what);
}

bool is_sound(const StageReceipt& receipt) {
    if ((receipt.verdict == Verdict::delivered) != (receipt.reason == Reason::none)) return false;
    // A transfer with all its receipts has to fit one message.
    const auto has_detail = [](const FindingRecord& record) { return !record.entry.detail.empty(); };
    if (std::ranges::count_if(receipt.findings, has_detail) > std::ptrdiff_t{Report::most_details}) return false;
    return std::ranges::all_of(receipt.findings, [](const FindingRecord& record) {
        return record.entry.finding != Finding::none && record.entry.path.length <= Path::longest &&
               record.entry.count > 0;
    });
}

// In order from the first. Scan and sanitiser run side by side, so either may say no while the other goes on; the
// verifier sees only what both let pass.
Result<> check_order(const Complete& said) {
    if (said.receipts.empty()) return receipts_are_wrong("no stage ran");
    std::size_t passed = 0;
    for (std::size_t i = 0; i < said.receipts.size(); ++i) {
        const StageReceipt& receipt = said.receipts[i];
        if (receipt.stage != static_cast<Stage>(i)) return receipts_are_wrong("a stage is missing or out of order");
        if (!is_sound(receipt)) return receipts_are_wrong("a receipt contradicts itself");
        if (receipt.stage == Stage::verify && passed < i) return receipts_are_wrong("what did not pass was verified");
        if (receipt.verdict == Verdict::delivered) ++passed;
    }
    const bool all_passed = passed == 3;
    if (!all_passed && passed == said.receipts.size()) return receipts_are_wrong("not every stage ran");
    if (all_passed != said.has_ticket) return ticket_is_wrong("ticket and receipts disagree");
    return {};
}

bool reads(const StageReceipt& receipt, const Digest& digest, std::uint64_t size) {
    return receipt.digest_in == digest && receipt.bytes_in == size;
}

bool writes(const StageReceipt& receipt, const Digest& digest, std::uint64_t size) {
    return receipt.digest_out == digest && receipt.bytes_out == size;
}

Result<> check_chain(const Complete& said, const Transfer& transfer, const std::optional<StagedOutput>& staged) {
    const StageReceipt& scan = said.receipts[0];
    if (!reads(scan, transfer.digest_in, transfer.size)) return chain_is_wrong("the scan was of another file");
    if (scan.verdict == Verdict::delivered && scan.digest_out != transfer.digest_in)
        return chain_is_wrong("the scan changed the file");
    if (said.receipts.size() == 1) return {};
    const StageReceipt& sanitize = said.receipts[1];
    if (!reads(sanitize, transfer.digest_in, transfer.size)) return chain_is_wrong("another file was sanitised");
    if (sanitize.verdict != Verdict::delivered) return {};
    if (sanitize.level != transfer.level) return chain_is_wrong("another level was asked for");
    if (said.options.options != transfer.options) return chain_is_wrong("other choices were asked for");
    if (!staged || !writes(sanitize, staged->digest, staged->size))
        return chain_is_wrong("the sanitised file is not the staged one");
    if (said.receipts.size() == 2) return {};
    const StageReceipt& verify = said.receipts[2];
    if (!reads(verify, staged->digest, staged->size)) return chain_is_wrong("another file was verified");
    if (verify.verdict == Verdict::delivered && verify.digest_out != staged->digest)
        return chain_is_wrong("the verifier changed the file");
    return {};
}

Result<> check_ticket(const Complete& said, const Transfer& transfer, const StagedOutput& staged) {
    const Ticket& ticket = said.ticket;
    const StageReceipt& sanitize = said.receipts[1];
    if (ticket.transfer != transfer.id || ticket.epoch != transfer.epoch)
        return ticket_is_wrong("the ticket is for another transfer or try");
    if (ticket.zone_from != transfer.zone_from || ticket.zone_to != transfer.zone_to)
        return ticket_is_wrong("the ticket is for other zones");
    if (ticket.digest_in != transfer.digest_in || ticket.digest_out != staged.digest || ticket.bytes_out != staged.size)
        return ticket_is_wrong("the ticket is for other bytes");
    if (ticket.type == Type::unknown || ticket.type != sanitize.type_out || ticket.level != transfer.level)
        return ticket_is_wrong("the ticket is for another type or level");
    return {};
}

} // namespace

Result<> check_completion(const Complete& said, const Transfer& transfer, const std::optional<StagedOutput>& staged) {
    TRY(check_order(said));
    TRY(check_chain(said, transfer, staged));
    if (!said.has_ticket) return {};
    return check_ticket(said, transfer, *staged);
}

} // namespace sekisho::ledger
