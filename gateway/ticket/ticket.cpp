#include "gateway/ticket/ticket.h"

namespace sekisho {

namespace {

constexpr std::string_view domain = "sekisho ticket 1";

Bytes signed_message(const Ticket& ticket) {
    Encoder encoder;
    Ticket::signed_fields(ticket, encoder);
    ByteWriter message;
    message.text(domain);
    message.raw(encoder.take());
    return message.take();
}

} // namespace

void sign_ticket(Ticket& ticket, const SigningKey& key) {
    ticket.signature = key.sign(signed_message(ticket));
}

Result<> check_ticket(const Ticket& ticket, const PublicKey& key, std::int64_t now) {
    if (!verify_signature(key, signed_message(ticket), ticket.signature))
        return reject("ticket.signature", "the ticket is not signed by the verifier");
    if (now > ticket.not_after) return reject("ticket.expired", "the ticket has expired");
    return {};
}

} // namespace sekisho
