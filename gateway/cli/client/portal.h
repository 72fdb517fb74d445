// A person's desk at one portal, through its API.
#pragma once

#include <boost/json.hpp>

#include "gateway/cli/client/http.h"

namespace sekisho::cli {

class Desk {
public:
    // Logs in. The portal's own problem (code, message, help) comes back as the Error.
    static Result<Desk> open(const std::string& base, const std::string& authority, const std::string& account,
                             const std::string& password);

    // One file, or the parts of a split archive in their order. Returns the transfer's id.
    Result<std::string> send(const std::string& name, const std::vector<std::string>& paths, const std::string& zone_to,
                             const std::string& comment);
    // The transfer as JSON (openapi.yaml: Transfer).
    Result<boost::json::object> transfer(const std::string& id);
    // Asks again until the transfer has ended one way or waits for somebody; fail "peer.late".
    Result<boost::json::object> settled(const std::string& id, std::chrono::seconds patience);
    // Makes `path` anew (never over an existing file).
    Result<> fetch(const std::string& id, const std::string& what, const std::string& path);
    Result<> decide(const std::string& id, bool approve, const std::string& reason);

private:
    explicit Desk(HttpClient http) : m_http(std::move(http)) {}
    // Returns where it goes.
    Result<std::string> announce(const std::string& metadata, std::uint64_t size);
    Result<boost::json::object> ask(const std::string& method, const std::string& path, const std::string& body = {});
    HttpClient m_http;
    std::string m_csrf;
};

} // namespace sekisho::cli
