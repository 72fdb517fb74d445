#include "tests/crash/patient.h"

#include <thread>

namespace sekisho::crash {

namespace json = boost::json;

namespace {

bool means_later(const cli::HttpAnswer& answer) {
    return answer.status >= 500 || answer.status == 429 || answer.status == 408;
}

} // namespace

std::string text_of(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found && found->is_string() ? std::string(found->as_string()) : std::string();
}

std::string code_of(const cli::HttpAnswer& answer) {
    boost::system::error_code broken;
    const json::value value = json::parse(answer.body, broken);
    return !broken && value.is_object() ? text_of(value.as_object(), "code") : std::string();
}

Patient::Patient(Place place)
    : m_place(std::move(place)), m_http(std::make_unique<cli::HttpClient>(m_place.base, m_place.authority)) {}

void Patient::pause() {
    std::this_thread::sleep_for(std::chrono::milliseconds(15));
}

bool Patient::log_in() {
    const json::object login{{"account", m_place.account}, {"password", m_place.password}};
    const auto answer =
        m_http->send("POST", "/api/v1/session", {"Content-Type: application/json"}, json::serialize(login));
    if (!answer || answer->status != 200) return false;
    boost::system::error_code broken;
    const json::value value = json::parse(answer->body, broken);
    m_csrf = !broken && value.is_object() ? text_of(value.as_object(), "csrf") : std::string();
    return !m_csrf.empty();
}

std::optional<cli::HttpAnswer> Patient::ask_once(const std::string& method, const std::string& path,
                                                 cli::HttpClient::Headers headers, const std::string& body) {
    if (m_csrf.empty() && !log_in()) return std::nullopt;
    headers.push_back("X-CSRF-Token: " + m_csrf);
    const auto before = std::chrono::steady_clock::now();
    auto answer = m_http->send(method, path, headers, body);
    m_longest = std::max(
        m_longest, std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - before));
    if (answer && answer->status == 401) m_csrf.clear();
    if (!answer || answer->status == 401 || means_later(*answer)) return std::nullopt;
    return std::move(*answer);
}

std::optional<cli::HttpAnswer> Patient::ask(const std::string& method, const std::string& path,
                                            const cli::HttpClient::Headers& headers, const std::string& body) {
    while (!gave_up()) {
        if (auto answer = ask_once(method, path, headers, body)) return answer;
        pause();
    }
    return std::nullopt;
}

std::optional<json::object> Patient::get(const std::string& path) {
    const auto answer = ask("GET", path);
    if (!answer || answer->status != 200) return std::nullopt;
    boost::system::error_code broken;
    const json::value value = json::parse(answer->body, broken);
    if (broken || !value.is_object()) return std::nullopt;
    return value.as_object();
}

} // namespace sekisho::crash
