#include "gateway/auth/service.h"

#include <chrono>

#include <boost/json.hpp>

namespace sekisho::auth {

namespace {

std::int64_t now_seconds() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

// "portal@lgwan" -> "lgwan"
std::optional<std::string> zone_of(const std::string& peer) {
    constexpr std::string_view prefix = "portal@";
    if (!peer.starts_with(prefix)) return std::nullopt;
    return peer.substr(prefix.size());
}

std::unexpected<Error> wrong_login() {
    return reject("login.wrong", "The account or the password is wrong", {}, "Check both and try again");
}

std::string record_of(std::string_view event, std::string_view zone, std::string_view account,
                      std::string_view detail = {}) {
    boost::json::object body{{"event", event}, {"zone", zone}, {"account", account}};
    if (!detail.empty()) body["detail"] = detail;
    return boost::json::serialize(body);
}

} // namespace

Service::Service(Loop& loop, std::string accounts_path, const SessionOptions& sessions, const BrakeOptions& brakes,
                 Record record, Recording recording)
    : m_loop(loop), m_accounts_path(std::move(accounts_path)), m_sessions(sessions), m_brakes(brakes),
      m_record(std::move(record)), m_recording(std::move(recording)), m_thread([this] { hash_for_ever(); }) {}

Service::~Service() {
    {
        const std::lock_guard guard(m_lock);
        m_stopping = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void Service::handle(Call call) {
    const auto zone = zone_of(call.peer);
    if (!zone) return call.close();
    switch (call.frame.type) {
    case Login::type:
        return take_login(std::move(call), *zone);
    case Confirm::type:
        return take_confirm(std::move(call), *zone);
    case CheckSession::type: {
        const auto question = decode<CheckSession>(call.frame.payload);
        if (!question) return call.close();
        const auto session = m_sessions.find(*zone, question->token, now_seconds());
        return session ? call.answer(*session) : call.refuse(session.error());
    }
    case Logout::type: {
        const auto question = decode<Logout>(call.frame.payload);
        if (!question) return call.close();
        if (const auto session = m_sessions.find(*zone, question->token, now_seconds()))
            m_record(record_of("auth.logout", *zone, session->person.account));
        m_sessions.end(*zone, question->token);
        return call.answer(Done{});
    }
    default:
        return call.close();
    }
}

void Service::take_login(Call call, const std::string& zone) {
    const auto question = decode<Login>(call.frame.payload);
    if (!question) return call.close();
    if (!m_recording())
        return call.refuse(Error{
            ErrorKind::fail, "audit.unwritable", "The audit log cannot be written", {}, "Tell the administrator"});
    if (const auto may = m_brakes.may_try(zone + "/" + question->account, question->address, now_seconds()); !may) {
        m_record(record_of("auth.refused", zone, question->account, may.error().code));
        return call.refuse(may.error());
    }
    Attempt attempt{std::move(call), zone, question->account, question->password, hash_of_nobody(), {}, false,
                    false,           {},   question->address};
    // Read anew at each log-in: an account that the administrator disabled is disabled at once.
    const auto accounts = Accounts::load(m_accounts_path);
    if (!accounts) return attempt.call.refuse(accounts.error());
    if (const Account* account = accounts->find(zone, question->account)) {
        attempt.known = true;
        attempt.person = account->person;
        attempt.hash = account->password;
    }
    check_password(std::move(attempt));
}

void Service::take_confirm(Call call, const std::string& zone) {
    const auto question = decode<Confirm>(call.frame.payload);
    if (!question) return call.close();
    const auto session = m_sessions.find(zone, question->token, now_seconds());
    if (!session) return call.refuse(session.error());
    const std::string& name = session->person.account;
    if (const auto may = m_brakes.may_try(zone + "/" + name, question->address, now_seconds()); !may)
        return call.refuse(may.error());
    const auto accounts = Accounts::load(m_accounts_path);
    if (!accounts) return call.refuse(accounts.error());
    const Account* account = accounts->find(zone, name);
    Attempt attempt{std::move(call),
                    zone,
                    name,
                    question->password,
                    account ? account->password : hash_of_nobody(),
                    session->person,
                    account != nullptr,
                    true,
                    question->token,
                    question->address};
    check_password(std::move(attempt));
}

void Service::check_password(Attempt attempt) {
    {
        const std::lock_guard guard(m_lock);
        if (m_attempts.size() >= most_waiting)
            return attempt.call.refuse(
                Error{ErrorKind::fail, "login.busy", "Too many people are logging in", {}, "Try again in a moment"});
        m_attempts.push_back(std::move(attempt));
    }
    m_changed.notify_one();
}

void Service::hash_for_ever() {
    std::unique_lock guard(m_lock);
    for (;;) {
        m_changed.wait(guard, [this] { return m_stopping || !m_attempts.empty(); });
        if (m_stopping) return;
        auto attempt = std::make_shared<Attempt>(std::move(m_attempts.front()));
        m_attempts.pop_front();
        guard.unlock();
        const bool fits = password_fits(attempt->password, attempt->hash) && attempt->known;
        m_loop.post([this, attempt, fits] { finish(*attempt, fits); });
        guard.lock();
    }
}

void Service::finish(const Attempt& attempt, bool fits) {
    const std::string key = attempt.zone + "/" + attempt.account;
    if (!fits) {
        m_brakes.wrong(key, now_seconds());
        m_record(record_of("auth.refused", attempt.zone, attempt.account, "login.wrong"));
        return attempt.call.refuse(wrong_login().error());
    }
    m_brakes.right(key, attempt.address);
    if (attempt.confirm) {
        const auto session = m_sessions.refresh(attempt.zone, attempt.token, now_seconds());
        return session ? attempt.call.answer(*session) : attempt.call.refuse(session.error());
    }
    m_record(record_of("auth.login", attempt.zone, attempt.account));
    attempt.call.answer(m_sessions.begin(attempt.zone, attempt.person, now_seconds()));
}

} // namespace sekisho::auth
