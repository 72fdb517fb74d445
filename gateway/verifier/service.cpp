#include "gateway/verifier/service.h"

#include <chrono>

#include "gateway/ticket/ticket.h"
#include "sanitizer/worker/protocol.h"

namespace sekisho::verifier {

namespace {

std::int64_t now_seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

Verified answer(Verdict verdict, Reason reason) {
    Verified verified;
    verified.verdict = verdict;
    verified.reason = reason;
    return verified;
}

} // namespace

void Service::handle(Call call) {
    const auto question = decode<VerifyOutput>(call.frame.payload);
    if (call.frame.type != VerifyOutput::type || !question || call.frame.descriptors.size() != 1) return call.close();
    const int passed = call.frame.descriptors[0].get();
    const Bytes payload = encode(worker::Verify{question->ticket.type, question->limits, question->options});
    auto shared = std::make_shared<Call>(std::move(call));
    m_pool.submit(payload, std::span(&passed, 1), [this, shared, ticket = question->ticket](Result<Frame> frame) {
        shared->answer(judged(frame, ticket, shared->frame.descriptors[0]));
    });
}

Verified Service::judged(const Result<Frame>& frame, const Ticket& asked, const Descriptor& output) const {
    if (!frame) return answer(Verdict::failed, reason_of(frame.error()));
    const auto verified = decode<worker::Verified>(frame->payload);
    if (!verified) return answer(Verdict::failed, Reason::worker_lied);
    if (verified->verdict != Verdict::delivered) return answer(verified->verdict, verified->reason);
    const auto size = file_size(output);
    const auto digest = sha256_of_file(output);
    if (!size || !digest) return answer(Verdict::failed, Reason::internal);
    Verified permitted = answer(Verdict::delivered, Reason::none);
    permitted.ticket = asked;
    permitted.ticket.digest_out = *digest;
    permitted.ticket.bytes_out = *size;
    permitted.ticket.not_after = now_seconds() + m_ticket_seconds;
    sign_ticket(permitted.ticket, m_key);
    return permitted;
}

} // namespace sekisho::verifier
