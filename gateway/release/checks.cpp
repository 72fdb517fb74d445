#include "gateway/release/checks.h"

#include <algorithm>
#include <string_view>

#include "gateway/ticket/ticket.h"

namespace sekisho::release {

namespace {

constexpr std::array<Stage, 3> required_stages{Stage::scan, Stage::sanitize, Stage::verify};

Result<> check_verdict(const Release& request) {
    if (!request.deliver) return reject("release.verdict", "policy did not decide to deliver");
    if (request.policy_digest.empty()) return reject("release.verdict", "the request names no policy");
    if (request.approvals_given < request.approvals_needed) return reject("release.approvals", "approvals are missing");
    return {};
}

Result<> check_stages(const Release& request) {
    if (request.receipts.size() != required_stages.size())
        return reject("release.receipt-missing", "not every stage left exactly one receipt");
    for (std::size_t i = 0; i < required_stages.size(); ++i)
        if (request.receipts[i].stage != required_stages[i])
            return reject("release.order", "the stages did not run in their order",
                          std::string(name_of(required_stages[i])));
    for (const StageReceipt& receipt : request.receipts)
        if (receipt.verdict != Verdict::delivered || receipt.reason != Reason::none)
            return reject("release.stage", "a stage did not let the file pass", std::string(name_of(receipt.stage)));
    return {};
}

// in -> scan -> in -> sanitize -> out -> verify -> out, and the ticket names both ends.
Result<> check_chain(const Release& request) {
    const StageReceipt& scan = request.receipts[0];
    const StageReceipt& sanitize = request.receipts[1];
    const StageReceipt& verify = request.receipts[2];
    const auto broken = [](std::string_view where) {
        return reject("release.chain", "the digests do not form one chain", std::string(where));
    };
    if (scan.digest_in != request.digest_in) return broken("scan, input");
    if (scan.digest_out != scan.digest_in) return broken("scan, output");
    if (sanitize.digest_in != request.digest_in) return broken("sanitize, input");
    if (verify.digest_in != sanitize.digest_out) return broken("sanitize, output");
    if (verify.digest_out != verify.digest_in) return broken("verify, output");
    if (request.ticket.digest_out != verify.digest_in) return broken("ticket, output");
    if (request.ticket.digest_in != request.digest_in) return reject("ticket.input", "the ticket is for another input");
    return {};
}

Result<> check_ticket_facts(const Release& request) {
    const Ticket& ticket = request.ticket;
    const StageReceipt& sanitize = request.receipts[1];
    const StageReceipt& verify = request.receipts[2];
    if (ticket.transfer != request.id) return reject("ticket.transfer", "the ticket is for another transfer");
    if (ticket.epoch != request.epoch) return reject("ticket.epoch", "the ticket is of another try");
    if (ticket.zone_from != request.zone_from || ticket.zone_to != request.zone_to)
        return reject("ticket.zones", "the ticket is for other zones");
    if (ticket.type == Type::unknown || ticket.type != sanitize.type_out || ticket.type != verify.type_in)
        return reject("release.type", "ticket and receipts disagree about the type");
    if (ticket.level != sanitize.level || ticket.level == Level::block)
        return reject("release.type", "ticket and receipts disagree about the level");
    if (ticket.bytes_out != sanitize.bytes_out || ticket.bytes_out != verify.bytes_in)
        return reject("release.size", "ticket and receipts disagree about the size");
    return {};
}

} // namespace

bool is_zone_name(std::string_view name) {
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && name.size() <= 32 && std::ranges::all_of(name, allowed);
}

Result<> check_request(const Release& request, const PublicKey& verifier) {
    if (!is_zone_name(request.zone_from) || !is_zone_name(request.zone_to) || request.zone_from == request.zone_to)
        return reject("release.zone", "a zone's name is not valid");
    TRY(check_verdict(request));
    TRY(check_stages(request));
    TRY(check_chain(request));
    TRY(check_ticket_facts(request));
    // INT64_MIN: only the signature counts here; the time is looked at once it is known whether the move is still to
    // do.
    return check_ticket(request.ticket, verifier, INT64_MIN);
}

Result<> check_time(const Ticket& ticket, std::int64_t now) {
    if (now > ticket.not_after) return reject("ticket.expired", "the ticket has expired");
    return {};
}

} // namespace sekisho::release
