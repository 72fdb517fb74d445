#include "gateway/converter/service.h"

#include "sanitizer/worker/protocol.h"

namespace sekisho::converter {

namespace {

worker::Converted believed(const Result<Frame>& frame) {
    worker::Converted answer;
    if (!frame) {
        answer.reason = reason_of(frame.error());
        return answer;
    }
    auto decoded = decode<worker::Converted>(frame->payload);
    if (decoded) return std::move(*decoded);
    answer.reason = Reason::worker_lied;
    return answer;
}

} // namespace

void Service::handle(Call call) {
    const bool known = call.frame.type == worker::Convert::type && decode<worker::Convert>(call.frame.payload);
    if (!known || call.frame.descriptors.size() != 2) return call.close();
    const std::array<int, 2> passed{call.frame.descriptors[0].get(), call.frame.descriptors[1].get()};
    auto shared = std::make_shared<Call>(std::move(call));
    m_pool.submit(shared->frame.payload, passed, [shared](Result<Frame> frame) { shared->answer(believed(frame)); });
    // The worker's descriptors are the only ones from here on: the output pipe must end with the worker.
    shared->frame.descriptors.clear();
}

} // namespace sekisho::converter
