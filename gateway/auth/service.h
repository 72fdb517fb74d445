// Answers log-in, session and password questions of portals. The zone is the asking portal's, never the message's.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "base/ipc/server.h"
#include "gateway/auth/accounts.h"
#include "gateway/auth/sessions.h"

namespace sekisho::auth {

// Takes the body of an audit record for every log-in, refusal and log-out.
using Record = std::function<void(std::string body)>;
// Whether the audit log takes records; if not, nobody logs in.
using Recording = std::function<bool()>;

class Service {
public:
    Service(Loop& loop, std::string accounts_path, const SessionOptions& sessions, const BrakeOptions& brakes,
            Record record, Recording recording);
    ~Service();
    void handle(Call call);

private:
    struct Attempt {
        Call call;
        std::string zone;
        std::string account;
        std::string password;
        std::string hash;
        Person person;
        bool known = false;
        bool confirm = false; // of a session that is there
        SessionToken token{};
        std::string address = {}; // that it comes from
    };
    void take_login(Call call, const std::string& zone);
    void take_confirm(Call call, const std::string& zone);
    void check_password(Attempt attempt);
    void finish(const Attempt& attempt, bool fits);
    void hash_for_ever();

    Loop& m_loop;
    std::string m_accounts_path;
    Sessions m_sessions;
    Brakes m_brakes;
    Record m_record;
    Recording m_recording;

    // argon2id takes tens of milliseconds: one thread hashes, so that sessions are answered meanwhile and a storm of
    // log-ins waits in line.
    static constexpr std::size_t most_waiting = 64;
    std::mutex m_lock;
    std::condition_variable m_changed;
    std::deque<Attempt> m_attempts;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace sekisho::auth
