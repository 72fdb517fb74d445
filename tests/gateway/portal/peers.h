// A ledger and an auth that speak the real protocol and remember what they were asked.
#pragma once

#include <map>
#include <mutex>
#include <thread>

#include "base/ipc/server.h"
#include "gateway/protocol/auth.h"
#include "gateway/protocol/ledger.h"

namespace sekisho::portal::tests {

// Serves a socket from a thread of its own.
class Peer {
public:
    Peer(const std::string& path, Server::Handler handler);
    ~Peer();
    Loop& loop() { return *m_loop; }

private:
    std::unique_ptr<Loop> m_loop;
    std::unique_ptr<Server> m_server;
    std::thread m_thread;
};

struct StoredFile {
    ledger::CreateUpload wanted;
    TransferId id{};
    std::string content;
    State state = State::uploading;
};

class FakeLedger {
public:
    explicit FakeLedger(const std::string& path) : m_peer(path, [this](Call call) { handle(std::move(call)); }) {}

    std::vector<StoredFile> files();
    std::vector<ledger::Decide> decisions();
    void put(StoredFile file);
    void clear();

private:
    void handle(Call call);
    void create(const Call& call);
    void append(const Call& call);
    void decide(const Call& call);
    void list(const Call& call);
    void get(const Call& call);
    void open_delivered(const Call& call);
    StoredFile* find(const TransferId& id);

    std::mutex m_lock;
    std::vector<StoredFile> m_files;
    std::vector<ledger::Decide> m_decisions;
    Peer m_peer;
};

// Knows "tanaka", "suzuki" and "sato" with the password "correct horse". sato's sessions are never fresh.
class FakeAuth {
public:
    explicit FakeAuth(const std::string& path) : m_peer(path, [this](Call call) { handle(std::move(call)); }) {}

private:
    void handle(Call call);
    Result<auth::Session> log_in(const auth::Login& wanted);
    Result<auth::Session> find(const auth::SessionToken& token);

    std::map<auth::SessionToken, auth::Session> m_sessions;
    Peer m_peer;
};

} // namespace sekisho::portal::tests
