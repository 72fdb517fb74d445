// Sessions and the brakes on guessing. No clock of its own: time comes in as an argument, in Unix seconds.
#pragma once

#include <map>
#include <string>

#include "base/crypto/crypto.h"
#include "gateway/protocol/auth.h"

namespace sekisho::auth {

struct SessionOptions {
    std::int64_t longest = 9 * 3600; // from log-in; a working day
    std::int64_t idle = 30 * 60;
    std::int64_t fresh = 5 * 60; // how long a password entry counts for approving
    std::size_t most = 10'000;
};

class Sessions {
public:
    explicit Sessions(const SessionOptions& options) : m_options(options) {}

    Session begin(const std::string& zone, const Person& person, std::int64_t now);
    // The session if it is of this zone and alive; renews its idle time. reject "session.none".
    Result<Session> find(const std::string& zone, const SessionToken& token, std::int64_t now);
    Result<Session> refresh(const std::string& zone, const SessionToken& token, std::int64_t now);
    void end(const std::string& zone, const SessionToken& token);

private:
    struct Alive {
        std::string zone;
        Session session;
        std::int64_t last_used = 0;
    };
    void forget_old(std::int64_t now);

    SessionOptions m_options;
    std::map<Digest, Alive> m_sessions; // by the token's hash: a look-up's time tells nothing about a token
};

struct BrakeOptions {
    std::uint32_t attempts = 5; // wrong passwords until the account is locked
    std::int64_t lock_seconds = 15 * 60;
    std::uint32_t attempts_per_minute = 30; // of one address; a right one counts a tenth of a wrong one
};

class Brakes {
public:
    explicit Brakes(const BrakeOptions& options) : m_options(options) {}
    // reject "login.locked" or "login.too-fast"; to be asked before a password is looked at.
    Result<> may_try(const std::string& account, const std::string& address, std::int64_t now);
    void wrong(const std::string& account, std::int64_t now);
    // Gives back most of what may_try() took: behind one address there may be a whole office, which logs in anew
    // together when sessions have ended.
    void right(const std::string& account, const std::string& address);

private:
    struct Count {
        std::uint32_t count = 0;
        std::int64_t since = 0;
    };
    BrakeOptions m_options;
    std::map<std::string, Count> m_wrong;     // by account, also ones that do not exist
    std::map<std::string, Count> m_addresses; // in this minute; in tenths
};

} // namespace sekisho::auth
