// What `auth` answers, to portals. A portal@ZONE can only ask about accounts of its own zone.
#pragma once

#include "gateway/protocol/transfer.h"

namespace sekisho::auth {

using SessionToken = std::array<std::uint8_t, 32>; // random; the cookie holds it in hexadecimal

// Answer: Session. reject "login.wrong" (never says which of the two was wrong), "login.locked", "login.too-fast".
struct Login {
    static constexpr std::uint16_t type = 0x0401;
    std::string account;
    std::string password;
    std::string address; // of the client, for the rate limit
    static void fields(auto& self, auto& codec) {
        codec.text(self.account, 64);
        codec.text(self.password, 256);
        codec.text(self.address, 64);
    }
};

struct Session {
    static constexpr std::uint16_t type = 0x0402;
    SessionToken token{};
    std::string csrf; // 32 hexadecimal digits, bound to the session
    Person person;
    std::int64_t expires = 0;     // Unix seconds
    std::int64_t fresh_until = 0; // until then approving needs no password again
    static void fields(auto& self, auto& codec) {
        codec.fixed(self.token);
        codec.text(self.csrf, 64);
        codec.inside(self.person);
        codec.number(self.expires);
        codec.number(self.fresh_until);
    }
};

// Answer: Session. reject "session.none".
struct CheckSession {
    static constexpr std::uint16_t type = 0x0403;
    SessionToken token{};
    static void fields(auto& self, auto& codec) { codec.fixed(self.token); }
};

// Answer: Done, also for a session that is gone.
struct Logout {
    static constexpr std::uint16_t type = 0x0404;
    SessionToken token{};
    static void fields(auto& self, auto& codec) { codec.fixed(self.token); }
};

// The password once more, before approving. Answer: Session with a new fresh_until.
struct Confirm {
    static constexpr std::uint16_t type = 0x0405;
    SessionToken token{};
    std::string password;
    std::string address;
    static void fields(auto& self, auto& codec) {
        codec.fixed(self.token);
        codec.text(self.password, 256);
        codec.text(self.address, 64);
    }
};

} // namespace sekisho::auth
