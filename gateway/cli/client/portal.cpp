#include "gateway/cli/client/portal.h"

#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <numeric>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace sekisho::cli {

namespace json = boost::json;

namespace {

std::string text_of(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found && found->is_string() ? std::string(found->as_string()) : std::string();
}

Result<json::object> object_of(const HttpAnswer& answer) {
    boost::system::error_code broken;
    const json::value value = answer.body.empty() ? json::value(json::object()) : json::parse(answer.body, broken);
    if (answer.status < 300 && !broken && value.is_object()) return value.as_object();
    if (!broken && value.is_object() && !text_of(value.as_object(), "code").empty()) {
        const json::object& problem = value.as_object();
        const bool rejected = answer.status < 500;
        return std::unexpected(Error{rejected ? ErrorKind::reject : ErrorKind::fail,
                                     text_of(problem, "code"),
                                     text_of(problem, "detail"),
                                     {},
                                     text_of(problem, "help")});
    }
    return fail("peer.unreachable", fmt::format("the portal answered {}", answer.status), {}, "See the portal's log");
}

bool has_settled(std::string_view state) {
    return state != "uploading" && state != "received" && state != "processing" && state != "releasing";
}

} // namespace

Result<Desk> Desk::open(const std::string& base, const std::string& authority, const std::string& account,
                        const std::string& password) {
    Desk desk{HttpClient(base, authority)};
    const json::object login{{"account", account}, {"password", password}};
    const json::object session = TRY(desk.ask("POST", "/api/v1/session", json::serialize(login)));
    desk.m_csrf = text_of(session, "csrf");
    return desk;
}

Result<json::object> Desk::ask(const std::string& method, const std::string& path, const std::string& body) {
    HttpClient::Headers headers{"X-CSRF-Token: " + m_csrf};
    if (!body.empty()) headers.emplace_back("Content-Type: application/json");
    return object_of(TRY(m_http.send(method, path, headers, body)));
}

Result<std::string> Desk::announce(const std::string& metadata, std::uint64_t size) {
    const HttpAnswer created = TRY(m_http.send("POST", "/api/v1/uploads",
                                               {"X-CSRF-Token: " + m_csrf, "Tus-Resumable: 1.0.0",
                                                fmt::format("Upload-Length: {}", size), "Upload-Metadata: " + metadata},
                                               ""));
    if (created.status != 201) return std::unexpected(object_of(created).error());
    const auto location = created.headers.find("location");
    if (location == created.headers.end()) return fail("peer.unreachable", "the portal named no place for the upload");
    return location->second;
}

Result<std::string> Desk::send(const std::string& name, const std::vector<std::string>& paths,
                               const std::string& zone_to, const std::string& comment) {
    std::vector<Descriptor> files;
    std::vector<std::uint64_t> sizes;
    for (const std::string& path : paths) {
        files.push_back(TRY(open_read_only(path)));
        sizes.push_back(TRY(file_size(files.back())));
    }
    const auto encoded = [](const std::string& text) { return to_base64(as_view(text)); };
    std::string metadata =
        fmt::format("filename {},zone_to {},comment {}", encoded(name), encoded(zone_to), encoded(comment));
    if (sizes.size() > 1) metadata += ",parts " + encoded(fmt::format("{}", fmt::join(sizes, " ")));
    const std::string location = TRY(announce(metadata, std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0})));
    std::uint64_t offset = 0;
    for (std::size_t i = 0; i < files.size(); offset += sizes[i++])
        TRY(object_of(TRY(m_http.send_file(location,
                                           {"X-CSRF-Token: " + m_csrf, "Tus-Resumable: 1.0.0",
                                            fmt::format("Upload-Offset: {}", offset),
                                            "Content-Type: application/offset+octet-stream"},
                                           files[i], 0, sizes[i]))));
    return location.substr(location.rfind('/') + 1);
}

Result<json::object> Desk::transfer(const std::string& id) {
    return ask("GET", "/api/v1/transfers/" + id);
}

Result<json::object> Desk::settled(const std::string& id, std::chrono::seconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    std::chrono::milliseconds pause{2};
    for (;;) {
        json::object found = TRY(transfer(id));
        if (has_settled(text_of(found, "state"))) return found;
        if (std::chrono::steady_clock::now() > deadline)
            return fail("peer.late", "the gateway did not finish in time", id);
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::milliseconds(100));
    }
}

Result<> Desk::fetch(const std::string& id, const std::string& what, const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (!file.valid()) return fail_errno("file.create", "write", path);
    const HttpAnswer answer = TRY(m_http.fetch(fmt::format("/api/v1/transfers/{}/{}", id, what), file));
    if (answer.status == 200) return {};
    std::filesystem::remove(path);
    return fail("peer.unreachable", fmt::format("the portal answered {}", answer.status), path, "See the portal's log");
}

Result<> Desk::decide(const std::string& id, bool approve, const std::string& reason) {
    const json::object body{{"approve", approve}, {"reason", reason}};
    TRY(ask("POST", fmt::format("/api/v1/transfers/{}/decision", id), json::serialize(body)));
    return {};
}

} // namespace sekisho::cli
