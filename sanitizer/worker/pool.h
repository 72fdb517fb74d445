// What a broker holds: the channel to one zygote, and the questions that are under way.
#pragma once

#include <functional>
#include <map>

#include "base/ipc/loop.h"
#include "sanitizer/worker/zygote.h"

namespace sekisho::worker {

class Pool {
public:
    // The answer frame, or fail "worker.unavailable" when the zygote is gone (the process should then end, to be
    // started anew).
    using Answered = std::function<void(Result<Frame>)>;

    // Forks the zygote. To be called before the process has threads, secrets or confinement.
    // `converter`: the channel of another Pool's zygote or broker, for workers that may ask it.
    static Result<std::unique_ptr<Pool>> start(const Kind& kind, const Options& options, Descriptor converter = {});
    // Executes `program --channel ...` (see channel.h), for a broker that must not contain the work's parsers.
    static Result<std::unique_ptr<Pool>> launch(const std::string& program, const Protocol& protocol,
                                                const Options& options, Descriptor converter = {});
    // Starts a converter's program in that way and returns the channel to its zygote, to be handed to another Pool.
    static Result<Descriptor> launch_converter(const std::string& program, const Options& options);
    ~Pool();

    // `gone` is called once if the zygote dies.
    Result<> attach(Loop& loop, std::function<void()> gone);
    // From here on the workers' questions to a converter go there.
    Result<> give_converter(const Descriptor& converter);
    // The descriptors are passed on at once and stay the caller's.
    void submit(const Bytes& payload, std::span<const int> descriptors, Answered answered);

private:
    Pool(const Protocol& protocol, Descriptor channel);
    void take_answers();
    void lose_zygote();

    Protocol m_protocol;
    Descriptor m_channel;
    Loop* m_loop = nullptr;
    std::function<void()> m_gone;
    std::map<std::uint32_t, Answered> m_under_way;
    std::uint32_t m_next = 1;
};

} // namespace sekisho::worker
