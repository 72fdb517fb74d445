#include "sanitizer/worker/relay.h"

#include <algorithm>
#include <fcntl.h>

#include "sanitizer/worker/protocol.h"

namespace sekisho::worker {

namespace {

// A worker whose socket takes no answer is stuck or gone: its deadline ends it.
void answer_unavailable(const Descriptor& socket, std::uint32_t call) {
    Converted answer;
    answer.reason = Reason::convert_unavailable;
    (void)send_frame(socket, Converted::type, call, encode(answer));
}

} // namespace

// A converter that does not read must not hold up the zygote.
void Relay::use(Descriptor converter, const SocketOf& socket_of) {
    lose(socket_of);
    m_converter = std::move(converter);
    if (m_converter.valid() && fcntl(m_converter.get(), F_SETFL, O_NONBLOCK) != 0) m_converter.close();
}

// A question that breaks the layout would cost all workers the connection: it goes no further.
void Relay::pass_question(pid_t worker, const Descriptor& socket, const Frame& question) {
    const bool asks_already =
        std::ranges::any_of(m_under_way, [&](const auto& asked) { return asked.second.worker == worker; });
    std::vector<int> passed;
    for (const Descriptor& descriptor : question.descriptors) passed.push_back(descriptor.get());
    const std::uint32_t number = m_next++;
    const bool is_sound = question.descriptors.size() == 2 && decode<Convert>(question.payload);
    if (!is_sound || asks_already || !m_converter.valid() ||
        !send_frame(m_converter, Convert::type, number, question.payload, passed))
        return answer_unavailable(socket, question.call);
    m_under_way.emplace(number, Asked{worker, question.call});
}

void Relay::take_answer(const SocketOf& socket_of) {
    const auto answer = receive_frame(m_converter);
    if (!answer && answer.error().code == "ipc.would-block") return;
    if (!answer || answer->type != Converted::type) return lose(socket_of);
    const auto found = m_under_way.find(answer->call);
    if (found == m_under_way.end()) return; // of a worker that is gone
    const Asked asked = found->second;
    m_under_way.erase(found);
    if (const Descriptor* socket = socket_of(asked.worker))
        (void)send_frame(*socket, Converted::type, asked.call, answer->payload);
}

void Relay::forget(pid_t worker) {
    std::erase_if(m_under_way, [&](const auto& asked) { return asked.second.worker == worker; });
}

void Relay::lose(const SocketOf& socket_of) {
    m_converter.close();
    for (const auto& [number, asked] : std::exchange(m_under_way, {}))
        if (const Descriptor* socket = socket_of(asked.worker)) answer_unavailable(*socket, asked.call);
}

} // namespace sekisho::worker
