#include "gateway/release/service.h"

#include <ctime>

#include "base/fault/fault.h"
#include "gateway/release/checks.h"

namespace sekisho::release {

Service::Service(Options options, Clock clock)
    : m_options(std::move(options)), m_clock(std::move(clock)), m_mover(m_options.staging, m_options.egress) {}

std::int64_t Service::now_from_system() {
    return std::time(nullptr);
}

Result<Released> Service::release(const Release& request) const {
    TRY(check_request(request, m_options.verifier));
    SEKISHO_FAULT("release.after-check");
    // Looked at before the time: what was moved in time stays moved, however late the ledger asks again.
    const auto before = TRY(m_mover.moved_before(request));
    if (before) return Released{*before, request.ticket.digest_out};
    TRY(check_time(request.ticket, m_clock()));
    const std::uint64_t bytes = TRY(m_mover.move(request));
    return Released{bytes, request.ticket.digest_out};
}

Result<Done> Service::remove(const Remove& request) const {
    if (!is_zone_name(request.zone_to)) return reject("release.zone", "a zone's name is not valid");
    TRY(m_mover.remove(request));
    return Done{};
}

template <typename Question, typename Work> void Service::answer(const Call& call, Work work) {
    const auto question = decode<Question>(call.frame.payload);
    if (!question) return call.close();
    const auto done = work(*question);
    SEKISHO_FAULT("release.before-answer");
    if (!done) return call.refuse(done.error());
    call.answer(*done);
}

void Service::handle(const Call& call) const {
    if (call.peer != "ledger" || !call.frame.descriptors.empty()) return call.close();
    switch (call.frame.type) {
    case Release::type:
        return answer<Release>(call, [this](const Release& request) { return release(request); });
    case Remove::type:
        return answer<Remove>(call, [this](const Remove& request) { return remove(request); });
    default:
        return call.close();
    }
}

} // namespace sekisho::release
