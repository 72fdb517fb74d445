// Calls a peer and waits for its answer. Connects when first needed and again after a loss; one call at a time,
// one thread. Each thread that calls has its own.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/ipc/frame.h"

namespace sekisho {

class Client {
public:
    static constexpr std::chrono::milliseconds patience{10'000};

    explicit Client(std::string path) : m_path(std::move(path)) {}
    // Over a connection that exists already (a socketpair end); it is not made again after a loss.
    explicit Client(Descriptor connected) : m_socket(std::move(connected)) {}

    // The peer's answer, or its Refusal as an Error. fail "peer.unreachable", "peer.late" (the connection is then
    // closed, so that a late answer can never be taken for the next one), "ipc.*".
    // `passed` descriptors go along; those that come back are put into `received`.
    template <typename Answer, typename Question>
    Result<Answer> call(const Question& question, std::span<const int> passed = {},
                        std::vector<Descriptor>* received = nullptr,
                        std::chrono::milliseconds patience = Client::patience) {
        TRY(ask(question, passed));
        return await<Answer>(received, patience);
    }

    // The two halves of call(), for a caller that has something to do in between. One question at a time.
    template <typename Question> Result<> ask(const Question& question, std::span<const int> passed = {}) {
        return send(Question::type, encode(question), passed);
    }
    template <typename Answer>
    Result<Answer> await(std::vector<Descriptor>* received = nullptr,
                         std::chrono::milliseconds patience = Client::patience) {
        Frame answer = TRY(await_answer(patience));
        if (answer.type != Answer::type) return unexpected_answer(answer);
        auto decoded = decode<Answer>(answer.payload);
        if (decoded && received) *received = std::move(answer.descriptors);
        return decoded;
    }

    // Connects if need be, and asks whether somebody serves the other end: a peer that is down costs this wait instead of
    // that for an answer. Free of charge over a connection that stands. fail "peer.unreachable", "peer.late", "ipc.*".
    Result<> reach(std::chrono::milliseconds patience = Client::patience);
    void close() { m_socket.close(); }

private:
    Result<> send(std::uint16_t type, const Bytes& payload, std::span<const int> passed);
    Result<Frame> await_answer(std::chrono::milliseconds patience);
    Result<Frame> read_answer(std::chrono::milliseconds patience);
    std::unexpected<Error> unexpected_answer(const Frame& answer);

    std::string m_path;
    Descriptor m_socket;
    std::uint32_t m_call = 0;
};

} // namespace sekisho
