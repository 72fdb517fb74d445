// A zygote that has been taken over answers what it likes. Whatever it says, the service passes on a failure and never
// a delivery, and says so when the answer broke the protocol. This program is its own lying zygote.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "base/ipc/client.h"
#include "gateway/sanitizer/service.h"
#include "sanitizer/worker/channel.h"

namespace sekisho {
namespace {

namespace fs = std::filesystem;

constexpr const char* lie_variable = "SEKISHO_LIE";

struct Lie {
    const char* name;
    Reason reason; // that the conveyor hears
    std::function<bool(const Descriptor& channel, const Frame& question)> tell;
};

// As it comes off the wire, with bytes of no meaning in place of an enumeration.
Bytes answer_with(std::uint16_t verdict, std::uint16_t reason, std::uint16_t type) {
    ByteWriter out;
    for (const std::uint16_t value : {verdict, reason, type, type}) out.u16le(value);
    for (int i = 0; i < 6; ++i) out.u8(0); // omitted, and no entries
    return out.take();
}

bool answer(const Descriptor& channel, const Frame& question, View payload) {
    return send_frame(channel, worker::Sanitized::type, question.call, payload).has_value();
}

const std::vector<Lie>& lies() {
    constexpr auto beyond = [](auto count) { return static_cast<std::uint16_t>(count); };
    static const std::vector<Lie> all{
        {"nonsense", Reason::worker_lied,
         [](auto& channel, auto& question) { return answer(channel, question, Bytes(500, 0xA5)); }},
        {"nothing", Reason::worker_lied,
         [](auto& channel, auto& question) { return answer(channel, question, Bytes{}); }},
        {"verdict-beyond-the-last", Reason::worker_lied,
         [=](auto& channel, auto& question) {
             return answer(channel, question, answer_with(beyond(Verdict::count), 0, 0));
         }},
        {"reason-beyond-the-last", Reason::worker_lied,
         [=](auto& channel, auto& question) {
             return answer(channel, question, answer_with(0, beyond(Reason::count), 0));
         }},
        {"type-beyond-the-last", Reason::worker_lied,
         [=](auto& channel, auto& question) {
             return answer(channel, question, answer_with(0, 0, beyond(Type::count)));
         }},
        {"one-byte-too-many", Reason::worker_lied,
         [](auto& channel, auto& question) {
             Bytes payload = answer_with(0, 0, 0);
             payload.push_back(0);
             return answer(channel, question, payload);
         }},
        {"cut-short", Reason::worker_lied,
         [](auto& channel, auto& question) {
             Bytes payload = answer_with(0, 0, 0);
             payload.pop_back();
             return answer(channel, question, payload);
         }},
        {"more-findings-than-may-be", Reason::worker_lied,
         [](auto& channel, auto& question) {
             Bytes payload = answer_with(0, 0, 0);
             payload[payload.size() - 2] = payload[payload.size() - 1] = 0xFF;
             payload.resize(60'000);
             return answer(channel, question, payload);
         }},
        {"another-message", Reason::worker_unavailable,
         [](auto& channel, auto& question) {
             return send_frame(channel, worker::Verified::type, question.call, encode(worker::Verified{})).has_value();
         }},
        {"another-call", Reason::worker_unavailable,
         [](auto& channel, auto& question) {
             return send_frame(channel, worker::Sanitized::type, question.call + 7, answer_with(0, 0, 0)).has_value();
         }},
        {"oversized", Reason::worker_unavailable,
         [](auto& channel, auto&) {
             const Bytes much(Frame::largest + 1, 1);
             return send(channel.get(), much.data(), much.size(), 0) > 0;
         }},
        {"silence", Reason::worker_unavailable, [](auto&, auto&) { return false; }},
    };
    return all;
}

int lie_for_ever(const std::string& name) {
    const Descriptor channel(worker::channel_descriptor);
    for (;;) {
        const auto question = receive_frame(channel);
        if (!question) return 0;
        for (const Lie& lie : lies())
            if (name == lie.name && !lie.tell(channel, *question)) return 1;
    }
}

class LyingWorker : public testing::TestWithParam<std::size_t> {
protected:
    LyingWorker() {
        std::string pattern = (fs::temp_directory_path() / "sekisho-lies-XXXXXX").string();
        root = mkdtemp(pattern.data());
        setenv(lie_variable, lies()[GetParam()].name, 1);
    }
    ~LyingWorker() override {
        loop->post([this] { loop->stop(); });
        if (thread.joinable()) thread.join();
        fs::remove_all(root);
    }
    void serve() {
        loop = std::make_unique<Loop>(*Loop::create());
        auto launched = worker::Pool::launch("/proc/self/exe", worker::sanitize_protocol, {});
        ASSERT_TRUE(launched);
        pool = std::move(*launched);
        ASSERT_TRUE(pool->attach(*loop, [this] { zygote_is_gone = true; }));
        service = std::make_unique<sanitizer::Service>(*pool);
        server = *Server::create(*loop, *listen_at(root + "/socket", 0600), {{getuid(), "conveyor"}},
                                 [this](Call call) { service->handle(std::move(call)); });
        thread = std::thread([this] { (void)loop->run(); });
    }
    std::string root;
    std::unique_ptr<Loop> loop;
    std::unique_ptr<worker::Pool> pool;
    std::unique_ptr<sanitizer::Service> service;
    std::unique_ptr<Server> server;
    std::atomic<bool> zygote_is_gone = false;
    std::thread thread;
};

TEST_P(LyingWorker, IsNotBelieved) {
    serve();
    Client conveyor(root + "/socket");
    const auto input = make_memory_file("input");
    const auto pipe = make_pipe();
    ASSERT_TRUE(input && pipe);
    const std::array<int, 2> passed{input->get(), pipe->write_end.get()};
    const auto said = conveyor.call<worker::Sanitized>(worker::Sanitize{}, passed);
    ASSERT_TRUE(said) << to_line(said.error());
    EXPECT_EQ(said->verdict, Verdict::failed);
    EXPECT_EQ(row_of(said->reason).code, row_of(lies()[GetParam()].reason).code);
    EXPECT_EQ(said->type_out, Type::unknown);
    EXPECT_TRUE(said->entries.empty());
    // Without a zygote the daemon ends, and is started anew.
    const bool ends = said->reason == Reason::worker_unavailable;
    for (int i = 0; ends && !zygote_is_gone && i < 100; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(zygote_is_gone, ends);
}

INSTANTIATE_TEST_SUITE_P(Each, LyingWorker, testing::Range<std::size_t>(0, lies().size()), [](const auto& parameter) {
    std::string name = lies()[parameter.param].name;
    std::ranges::replace(name, '-', '_');
    return name;
});

} // namespace
} // namespace sekisho

int main(int count, char** values) {
    const std::span<char* const> words(values + 1, static_cast<std::size_t>(count) - 1);
    if (std::signal(SIGPIPE, SIG_IGN) == SIG_ERR) return 1;
    if (sekisho::worker::wants_channel(words)) {
        const char* lie = std::getenv(sekisho::lie_variable);
        return sekisho::lie_for_ever(lie ? lie : "");
    }
    testing::InitGoogleTest(&count, values);
    return RUN_ALL_TESTS();
}
