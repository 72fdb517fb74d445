#include "gateway/auth/sessions.h"

#include <fmt/format.h>

namespace sekisho::auth {

namespace {

std::unexpected<Error> no_session() {
    return reject("session.none", "You are not logged in", {}, "Log in again");
}

constexpr std::size_t most_counts = 100'000; // of accounts or addresses; beyond it the oldest knowledge goes

} // namespace

Session Sessions::begin(const std::string& zone, const Person& person, std::int64_t now) {
    forget_old(now);
    Session session;
    fill_random(session.token);
    std::array<std::uint8_t, 16> csrf{};
    fill_random(csrf);
    session.csrf = to_hex(csrf);
    session.person = person;
    session.expires = now + m_options.longest;
    session.fresh_until = now + m_options.fresh;
    m_sessions[sha256(session.token)] = {zone, session, now};
    return session;
}

Result<Session> Sessions::find(const std::string& zone, const SessionToken& token, std::int64_t now) {
    const auto found = m_sessions.find(sha256(token));
    if (found == m_sessions.end() || found->second.zone != zone) return no_session();
    Alive& alive = found->second;
    if (now >= alive.session.expires || now - alive.last_used > m_options.idle) {
        m_sessions.erase(found);
        return no_session();
    }
    alive.last_used = now;
    return alive.session;
}

Result<Session> Sessions::refresh(const std::string& zone, const SessionToken& token, std::int64_t now) {
    TRY(find(zone, token, now));
    Session& session = m_sessions.at(sha256(token)).session;
    session.fresh_until = now + m_options.fresh;
    return session;
}

void Sessions::end(const std::string& zone, const SessionToken& token) {
    const auto found = m_sessions.find(sha256(token));
    if (found != m_sessions.end() && found->second.zone == zone) m_sessions.erase(found);
}

void Sessions::forget_old(std::int64_t now) {
    if (m_sessions.size() < m_options.most) return;
    std::erase_if(m_sessions, [&](const auto& item) {
        return now >= item.second.session.expires || now - item.second.last_used > m_options.idle;
    });
    // Still full: somebody logs in over and over. The least recently used one goes.
    while (m_sessions.size() >= m_options.most) {
        auto oldest = m_sessions.begin();
        for (auto item = m_sessions.begin(); item != m_sessions.end(); ++item)
            if (item->second.last_used < oldest->second.last_used) oldest = item;
        m_sessions.erase(oldest);
    }
}

namespace {
constexpr std::uint32_t whole = 10; // tenths
}

Result<> Brakes::may_try(const std::string& account, const std::string& address, std::int64_t now) {
    if (m_addresses.size() > most_counts) m_addresses.clear();
    Count& address_count = m_addresses[address];
    if (now - address_count.since >= 60) address_count = {0, now};
    if (address_count.count + whole > m_options.attempts_per_minute * whole)
        return reject("login.too-fast", "Too many attempts from this address", {}, "Wait a minute and try again");
    address_count.count += whole;
    const auto found = m_wrong.find(account);
    if (found == m_wrong.end() || found->second.count < m_options.attempts) return {};
    const std::int64_t left = found->second.since + m_options.lock_seconds - now;
    if (left > 0)
        return reject("login.locked", "The account is locked after too many wrong passwords", {},
                      fmt::format("Try again in {} minutes or ask the administrator", (left + 59) / 60));
    m_wrong.erase(found);
    return {};
}

void Brakes::wrong(const std::string& account, std::int64_t now) {
    if (m_wrong.size() > most_counts) m_wrong.clear();
    Count& count = m_wrong[account];
    ++count.count;
    count.since = now;
}

void Brakes::right(const std::string& account, const std::string& address) {
    m_wrong.erase(account);
    const auto found = m_addresses.find(address);
    if (found != m_addresses.end() && found->second.count >= whole) found->second.count -= whole - 1;
}

} // namespace sekisho::auth
