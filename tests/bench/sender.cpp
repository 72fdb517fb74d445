#include "tests/bench/sender.h"

#include <chrono>
#include <thread>

#include <fmt/format.h>

namespace sekisho::bench {

namespace json = boost::json;

namespace {

std::unexpected<Error> unexpected(const cli::HttpAnswer& answer) {
    return fail("bench.answer", fmt::format("the portal answered {}: {}", answer.status, answer.body));
}

std::string encoded(std::string_view text) {
    return to_base64(as_view(text));
}

} // namespace

Result<Session> log_in(const cli::DemoGround& ground, const std::string& zone) {
    Session session{ground.address(zone), ground.certificate(zone), "", ""};
    cli::HttpClient http(session.address, session.certificate);
    const json::object login{{"account", "tanaka"}, {"password", ground.password}};
    const auto answer =
        TRY(http.send("POST", "/api/v1/session", {"Content-Type: application/json"}, json::serialize(login)));
    if (answer.status >= 300) return unexpected(answer);
    const std::string& cookie = answer.headers.at("set-cookie");
    session.cookie = "Cookie: " + cookie.substr(0, cookie.find(';'));
    session.csrf = fmt::format("X-CSRF-Token: {}", json::parse(answer.body).at("csrf").as_string().c_str());
    return session;
}

Sender::Sender(const Session& session) : m_session(session), m_http(session.address, session.certificate) {}

Result<std::string> Sender::send(const std::string& name, const Bytes& content) {
    const cli::HttpClient::Headers common{m_session.cookie, m_session.csrf, "Tus-Resumable: 1.0.0"};
    auto headers = common;
    headers.push_back(fmt::format("Upload-Length: {}", content.size()));
    headers.push_back(fmt::format("Upload-Metadata: filename {},zone_to {},comment {}", encoded(name), encoded("lgwan"),
                                  encoded("")));
    const auto created = TRY(m_http.send("POST", "/api/v1/uploads", headers, ""));
    if (created.status != 201) return unexpected(created);
    const std::string place = created.headers.at("location");
    headers = common;
    headers.emplace_back("Upload-Offset: 0");
    headers.emplace_back("Content-Type: application/offset+octet-stream");
    const auto sent = TRY(m_http.send("PATCH", place, headers, std::string(as_text(content))));
    if (sent.status != 204) return unexpected(sent);
    return place.substr(place.rfind('/') + 1);
}

Result<json::object> Sender::get(const std::string& path) {
    const auto answer = TRY(m_http.send("GET", path, {m_session.cookie}, ""));
    if (answer.status != 200) return unexpected(answer);
    return json::parse(answer.body).as_object();
}

Result<std::string> Sender::settled(const std::string& id, std::chrono::microseconds pause) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(5);
    for (;;) {
        const auto found = TRY(transfer(id));
        const std::string state(found.at("state").as_string());
        if (state != "received" && state != "processing" && state != "releasing") return state;
        if (std::chrono::steady_clock::now() > deadline) return fail("bench.late", "the gateway did not finish", id);
        std::this_thread::sleep_for(pause);
    }
}

} // namespace sekisho::bench
