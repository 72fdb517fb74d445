// Can a peer make another process read what is not there, wait for ever, or believe somebody else's answer?
#include <csignal>
#include <filesystem>
#include <sys/socket.h>
#include <thread>

#include <gtest/gtest.h>

#include "base/ipc/client.h"
#include "base/ipc/server.h"

namespace sekisho {

namespace {

enum class Colour : std::uint8_t { red, green, count };

struct Item {
    std::uint32_t number = 0;
    static void fields(auto& self, auto& codec) { codec.number(self.number); }
};

struct Message {
    static constexpr std::uint16_t type = 1;
    std::string text;
    Colour colour = Colour::red;
    std::vector<Item> items;
    bool flag = false;
    static void fields(auto& self, auto& codec) {
        codec.text(self.text, 8);
        codec.choice(self.colour);
        codec.list(self.items, 3);
        codec.flag(self.flag);
    }
};

} // namespace

TEST(Codec, GivesBackWhatWasSaid) {
    const auto back = decode<Message>(encode(Message{"abc", Colour::green, {{7}, {9}}, true}));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->text, "abc");
    EXPECT_EQ(back->colour, Colour::green);
    ASSERT_EQ(back->items.size(), 2U);
    EXPECT_EQ(back->items[1].number, 9U);
    EXPECT_TRUE(back->flag);
}

TEST(Codec, RefusesEveryTruncationAndEveryExtension) {
    const Bytes good = encode(Message{"abc", Colour::green, {{7}, {9}}, true});
    for (std::size_t length = 0; length < good.size(); ++length)
        EXPECT_FALSE(decode<Message>(View(good).first(length))) << length;
    Bytes longer = good;
    longer.push_back(0);
    EXPECT_FALSE(decode<Message>(longer)) << "something was left over";
}

TEST(Codec, RefusesWhatIsOutsideOfItsBounds) {
    const Bytes good = encode(Message{"", Colour::red, {}, false});
    ASSERT_EQ(good.size(), 7U); // text length 2, colour 2, item count 2, flag 1
    const auto with = [&](std::size_t at, std::uint8_t value) {
        Bytes bad = good;
        bad[at] = value;
        return decode<Message>(bad);
    };
    EXPECT_FALSE(with(0, 9)) << "a text longer than its bound";
    EXPECT_FALSE(with(2, 2)) << "a colour that does not exist";
    EXPECT_FALSE(with(4, 200)) << "a list longer than its bound";
    EXPECT_FALSE(with(6, 2)) << "a flag that is neither";
}

struct Shown {
    static constexpr std::uint16_t type = 2;
    std::string text;
    static void fields(auto& self, auto& codec) { codec.plain(self.text, 8); }
};

TEST(Codec, RefusesPlainTextThatIsNotPlain) {
    const Bytes good = encode(Shown{"a~!b"});
    EXPECT_EQ(decode<Shown>(good)->text, "a~!b");
    for (const int byte : {0x00, 0x0A, 0x1B, 0x20, 0x7F, 0x80, 0xE2, 0xFF}) {
        Bytes bad = good;
        bad[3] = static_cast<std::uint8_t>(byte);
        EXPECT_FALSE(decode<Shown>(bad)) << byte;
    }
    EXPECT_FALSE(decode<Shown>(to_bytes(std::string("\x09\x00"
                                                    "aaaaaaaaa",
                                                    11))))
        << "longer than its bound";
}

class Conversation : public testing::Test {
protected:
    void SetUp() override {
        signal(SIGPIPE, SIG_IGN);
        path = std::filesystem::temp_directory_path() / ("ipc-" + std::to_string(getpid()));
        listener = *listen_at(path, 0600);
    }
    void TearDown() override {
        stop();
        std::filesystem::remove(path);
    }
    void serve(uid_t allowed, Server::Handler handler) {
        loop.emplace(*Loop::create());
        server = *Server::create(*loop, std::move(listener), {{allowed, "tester"}}, std::move(handler));
        thread = std::thread([this] { (void)loop->run(); });
    }
    void stop() {
        if (!thread.joinable()) return;
        loop->post([this] { loop->stop(); });
        thread.join();
    }
    std::string path;
    Descriptor listener;
    std::optional<Loop> loop;
    std::unique_ptr<Server> server;
    std::thread thread;
};

TEST_F(Conversation, APeerIsKnownByItsUserId) {
    serve(getuid(), [](const Call& call) { call.answer(Message{call.peer, Colour::red, {}, false}); });
    Client client(path);
    EXPECT_EQ(client.call<Message>(Message{})->text, "tester");
}

TEST_F(Conversation, AStrangerIsNotHeard) {
    std::atomic<bool> heard = false;
    serve(getuid() + 1, [&](const Call&) { heard = true; });
    Client client(path);
    EXPECT_FALSE(client.call<Message>(Message{}, {}, nullptr, std::chrono::milliseconds(500)));
    EXPECT_FALSE(heard);
}

TEST_F(Conversation, ALateAnswerIsNeverTakenForTheNextOne) {
    std::atomic<int> calls = 0;
    serve(getuid(), [&](Call call) {
        if (++calls > 1) return call.answer(Message{"second", Colour::red, {}, false});
        auto kept = std::make_shared<Call>(std::move(call));
        loop->after(std::chrono::milliseconds(200), [kept] { kept->answer(Message{"first", Colour::red, {}, false}); });
    });
    Client client(path);
    EXPECT_EQ(client.call<Message>(Message{}, {}, nullptr, std::chrono::milliseconds(50)).error().code, "peer.late");
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    EXPECT_EQ(client.call<Message>(Message{})->text, "second");
}

TEST_F(Conversation, ARefusalCrossesWithAllItsWords) {
    serve(getuid(), [](const Call& call) { call.refuse({ErrorKind::reject, "a.code", "message", "where", "help"}); });
    Client client(path);
    const auto answer = client.call<Message>(Message{});
    ASSERT_FALSE(answer);
    EXPECT_EQ(to_line(answer.error()), "a.code: message (where). help");
}

TEST_F(Conversation, AnOversizedOrForeignFrameClosesItsConnectionOnly) {
    serve(getuid(), [](const Call& call) { call.answer(Message{}); });
    const Descriptor rude = *connect_to(path);
    const Bytes huge(Frame::largest + 1000, 0);
    ASSERT_GT(send(rude.get(), huge.data(), huge.size(), 0), 0);
    Bytes buffer(16);
    EXPECT_EQ(*read_some(rude, buffer), 0U) << "the connection should be closed";
    const Descriptor foreign = *connect_to(path);
    ASSERT_GT(send(foreign.get(), "GET / HTTP/1.1", 14, 0), 0);
    EXPECT_EQ(*read_some(foreign, buffer), 0U);
    Client client(path);
    EXPECT_TRUE(client.call<Message>(Message{})) << "the others are still served";
}

TEST_F(Conversation, ATooLargeSetOfDescriptorsLeaksNone) {
    std::atomic<int> heard = 0;
    serve(getuid(), [&](const Call& call) {
        ++heard;
        call.answer(Message{});
    });
    const auto open_descriptors = [] {
        return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                             std::filesystem::directory_iterator());
    };
    Client client(path);
    ASSERT_TRUE(client.call<Message>(Message{}));
    const auto before = open_descriptors();
    const Descriptor file = *make_memory_file("x");
    const std::array<int, 4> passed{file.get(), file.get(), file.get(), file.get()};
    for (int i = 0; i < 50; ++i) ASSERT_TRUE(client.call<Message>(Message{}, passed));
    // The server answers first and closes what it was handed afterwards: the last call's four may still be open.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (open_descriptors() != before + 1 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_EQ(open_descriptors(), before + 1);
    EXPECT_EQ(heard, 51);
}

// A launcher holds the listening socket, so connecting succeeds even while nobody serves it.
TEST(Reaching, TellsAPeerThatIsNotThereAtOnce) {
    char folder[] = "/tmp/ipc-XXXXXX";
    ASSERT_NE(mkdtemp(folder), nullptr);
    const std::string path = std::string(folder) + "/socket";
    auto listener = listen_at(path, 0600);
    ASSERT_TRUE(listener);
    Client client(path);
    const auto nobody = client.reach(std::chrono::milliseconds(200));
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().code, "peer.late");
    {
        Loop loop = *Loop::create();
        bool was_closed = false;
        auto server = *Server::create(loop, listener->duplicate().value(), {{getuid(), "test"}},
                                      [](const Call& call) { call.answer(Done{}); });
        server->when_closed([&] { was_closed = true; });
        std::thread serving([&] { static_cast<void>(loop.run()); });
        EXPECT_TRUE(client.reach());
        EXPECT_TRUE(client.reach()) << "over a connection that stands";
        EXPECT_TRUE(client.call<Done>(Message{}));
        client.close();
        EXPECT_TRUE(client.reach()) << "over a new one";
        loop.post([&] { loop.stop(); });
        serving.join();
        EXPECT_TRUE(was_closed);
    }
    const auto gone = client.reach(std::chrono::milliseconds(200));
    EXPECT_FALSE(gone) << "the connection has ended with the server";
    std::filesystem::remove_all(folder);
}

} // namespace sekisho
