// Can somebody guess, borrow or keep a session that is not theirs?
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/socket.h>

#include "base/ipc/client.h"
#include "gateway/auth/service.h"

namespace sekisho::auth {

namespace {

constexpr std::int64_t now = 1'700'000'000;
const Person tanaka{"tanaka", "p-0001", "田中 太郎", {"tax"}};

} // namespace

TEST(Password, FitsItsOwnHashOnly) {
    const std::string hash = hash_password("correct horse");
    EXPECT_TRUE(hash.starts_with("$argon2id$v=19$"));
    EXPECT_TRUE(password_fits("correct horse", hash));
    EXPECT_FALSE(password_fits("correct horsf", hash));
    EXPECT_FALSE(password_fits("", hash));
    EXPECT_FALSE(password_fits("anything", "not a hash"));
    EXPECT_NE(hash, hash_password("correct horse")) << "salts differ";
}

TEST(Sessions, AreBoundToTheirZone) {
    Sessions sessions({});
    const Session session = sessions.begin("internet", tanaka, now);
    EXPECT_TRUE(sessions.find("internet", session.token, now));
    EXPECT_FALSE(sessions.find("lgwan", session.token, now));
    sessions.end("lgwan", session.token);
    EXPECT_TRUE(sessions.find("internet", session.token, now)) << "another zone cannot end it either";
}

TEST(Sessions, EndByIdleTimeAndByAge) {
    Sessions sessions({1000, 100, 50, 10});
    const Session session = sessions.begin("lgwan", tanaka, now);
    EXPECT_TRUE(sessions.find("lgwan", session.token, now + 90));
    EXPECT_FALSE(sessions.find("lgwan", session.token, now + 300)) << "idle";
    const Session busy = sessions.begin("lgwan", tanaka, now);
    for (std::int64_t t = now; t < now + 1000; t += 90) EXPECT_TRUE(sessions.find("lgwan", busy.token, t));
    EXPECT_FALSE(sessions.find("lgwan", busy.token, now + 1000)) << "age";
}

TEST(Sessions, AFloodOfLoginsCannotGrowForEver) {
    Sessions sessions({1000, 100, 50, 10});
    std::vector<Session> all;
    for (int i = 0; i < 50; ++i) all.push_back(sessions.begin("lgwan", tanaka, now + i));
    int alive = 0;
    for (const Session& session : all) alive += sessions.find("lgwan", session.token, now + 50) ? 1 : 0;
    EXPECT_EQ(alive, 10);
}

TEST(Brakes, LockAnAccountAfterWrongPasswordsAndLetItGoLater) {
    Brakes brakes({3, 900, 1000});
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(brakes.may_try("lgwan/tanaka", "127.0.0.1", now));
        brakes.wrong("lgwan/tanaka", now);
    }
    const auto locked = brakes.may_try("lgwan/tanaka", "127.0.0.1", now + 1);
    ASSERT_FALSE(locked);
    EXPECT_EQ(locked.error().code, "login.locked");
    EXPECT_TRUE(brakes.may_try("lgwan/suzuki", "127.0.0.1", now + 1));
    EXPECT_TRUE(brakes.may_try("lgwan/tanaka", "127.0.0.1", now + 901));
}

TEST(Brakes, SlowDownAnAddress) {
    Brakes brakes({1000, 900, 5});
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(brakes.may_try("a" + std::to_string(i), "127.0.0.1", now));
    const auto fast = brakes.may_try("another", "127.0.0.1", now);
    ASSERT_FALSE(fast);
    EXPECT_EQ(fast.error().code, "login.too-fast");
    EXPECT_TRUE(brakes.may_try("another", "127.0.0.2", now));
    EXPECT_TRUE(brakes.may_try("another", "127.0.0.1", now + 60));
}

// After a restart a whole office behind one address logs in anew: that is no guessing.
TEST(Brakes, RightPasswordsCountLittle) {
    Brakes brakes({1000, 900, 30});
    const auto log_in = [&](bool right) {
        const bool may = brakes.may_try("a", "127.0.0.1", now).has_value();
        if (may && right) brakes.right("a", "127.0.0.1");
        return may;
    };
    for (int i = 0; i < 150; ++i) EXPECT_TRUE(log_in(true)) << i;
    // Guesses in between are slowed down as before, and right ones do not earn any.
    int guesses = 0;
    while (guesses < 100 && log_in(false)) ++guesses;
    EXPECT_EQ(guesses, 15);
    EXPECT_FALSE(log_in(true));
}

TEST(Accounts, AMistakeIsShownWithItsPlace) {
    const std::string path = std::filesystem::temp_directory_path() / ("accounts-" + std::to_string(::getpid()));
    std::ofstream(path) << "[[account]]\nzone = \"lgwan\"\naccount = \"tanaka\"\n";
    const auto accounts = Accounts::load(path);
    ASSERT_FALSE(accounts);
    EXPECT_EQ(accounts.error().code, "accounts.invalid");
    EXPECT_NE(accounts.error().where.find(":1:"), std::string::npos);
    std::filesystem::remove(path);
}

// The service itself, over a real socket; this test process plays portal@internet.
TEST(AuthService, LogsInChecksAndLocks) {
    const std::string directory = std::filesystem::temp_directory_path() / ("auth-" + std::to_string(::getpid()));
    std::filesystem::create_directories(directory);
    std::ofstream(directory + "/accounts.toml")
        << "[[account]]\nzone=\"internet\"\naccount=\"tanaka\"\nperson=\"p-1\"\ndisplay=\"T\"\ngroups=[\"tax\"]"
           "\npassword=\""
        << hash_password("himitsu") << "\"\n"
        << "[[account]]\nzone=\"lgwan\"\naccount=\"sato\"\nperson=\"p-2\"\ndisplay=\"S\"\ngroups=[]\npassword=\""
        << hash_password("himitsu") << "\"\n";
    const std::string path = directory + "/auth.sock";
    auto listener = *listen_at(path, 0600);
    std::vector<std::string> records;
    std::atomic<bool> recording = true;
    std::mutex lock;
    Loop loop = *Loop::create();
    std::thread thread([&] {
        Service service(
            loop, directory + "/accounts.toml", {}, {3, 900, 100},
            [&](std::string body) {
                const std::lock_guard guard(lock);
                records.push_back(std::move(body));
            },
            [&] { return recording.load(); });
        auto server = Server::create(loop, std::move(listener), {{getuid(), "portal@internet"}},
                                     [&](Call call) { service.handle(std::move(call)); });
        ASSERT_TRUE(loop.run());
    });
    Client client(path);
    const auto session = client.call<Session>(Login{"tanaka", "himitsu", "127.0.0.1"});
    ASSERT_TRUE(session);
    EXPECT_EQ(session->person.person, "p-1");
    EXPECT_TRUE(client.call<Session>(CheckSession{session->token}));
    recording = false;
    EXPECT_EQ(client.call<Session>(Login{"tanaka", "himitsu", "127.0.0.1"}).error().code, "audit.unwritable");
    recording = true;
    EXPECT_TRUE(client.call<Session>(Confirm{session->token, "himitsu", "127.0.0.1"}));
    EXPECT_EQ(client.call<Session>(Login{"sato", "himitsu", "127.0.0.1"}).error().code, "login.wrong")
        << "another zone's account";
    EXPECT_EQ(client.call<Session>(Login{"nobody", "himitsu", "127.0.0.1"}).error().code, "login.wrong");
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(client.call<Session>(Login{"tanaka", "wrong", "127.0.0.1"}).error().code, "login.wrong");
    EXPECT_EQ(client.call<Session>(Login{"tanaka", "himitsu", "127.0.0.1"}).error().code, "login.locked");
    EXPECT_TRUE(client.call<Done>(Logout{session->token}));
    EXPECT_EQ(client.call<Session>(CheckSession{session->token}).error().code, "session.none");
    loop.post([&] { loop.stop(); });
    thread.join();
    EXPECT_EQ(records.front(), R"({"event":"auth.login","zone":"internet","account":"tanaka"})");
    for (const std::string& record : records)
        EXPECT_EQ(record.find("himitsu"), std::string::npos) << "no password in a record";
    std::filesystem::remove_all(directory);
}

} // namespace sekisho::auth
