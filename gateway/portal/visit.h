// One request being answered: who asks, in which language, and the peers it may ask in turn.
#pragma once

#include <optional>

#include "base/ipc/client.h"
#include "gateway/portal/http/message.h"
#include "gateway/portal/page/zone_title.h"
#include "gateway/protocol/auth.h"
#include "gateway/protocol/ledger.h"

namespace sekisho::portal {

struct Options {
    ZoneTitle zone;
    std::vector<ZoneTitle> zones; // all, the least trusted first
    std::string ledger_socket;
    std::string auth_socket;
    std::uint64_t largest_upload = 2ULL << 30;
};

// What one connection asks; kept open between its requests.
struct Peers {
    explicit Peers(const Options& options) : ledger(options.ledger_socket), auth(options.auth_socket) {}
    Client ledger;
    Client auth;
};

struct Visit {
    Visit(const Options& options, Peers& peers, const Request& request);

    const Options& options;
    const Request& request;
    Client& ledger;
    Client& auth;
    std::optional<auth::Session> session; // set before a handler that needs one runs
    std::string id;                       // what {id} in the route's pattern matched
    bool japanese = true;                 // ?lang=, then the cookie, then Accept-Language

    const Person& person() const { return session->person; }
};

inline constexpr std::string_view session_cookie = "__Host-sekisho";
inline constexpr std::string_view language_cookie = "sekisho-lang";

// Fills visit.session from the cookie; reject "session.none".
Result<> find_session(Visit& visit);
// reject "session.csrf" unless `token` is the session's.
Result<> check_csrf(const Visit& visit, std::string_view token);
// reject "session.origin" for a request that another site made (Origin and Sec-Fetch-Site, where a browser sends them).
Result<> check_origin(const Request& request);
// The Set-Cookie value that gives or, for an empty token, takes a session.
std::string session_cookie_of(const auth::SessionToken* token);

} // namespace sekisho::portal
