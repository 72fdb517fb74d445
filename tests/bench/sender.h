// A client that keeps its connection and does nothing but send and ask. All share one person's session.
#pragma once

#include <boost/json.hpp>

#include "base/descriptor/descriptor.h"
#include "gateway/cli/client/http.h"
#include "gateway/cli/demo/ground.h"

namespace sekisho::bench {

struct Session {
    std::string address;
    std::string certificate;
    std::string cookie;
    std::string csrf;
};
Result<Session> log_in(const cli::DemoGround& ground, const std::string& zone);

class Sender {
public:
    explicit Sender(const Session& session);
    // Returns the transfer's id, when the last byte is acknowledged.
    Result<std::string> send(const std::string& name, const Bytes& content);
    Result<boost::json::object> transfer(const std::string& id) { return get("/api/v1/transfers/" + id); }
    Result<boost::json::object> receipt(const std::string& id) { return get("/api/v1/transfers/" + id + "/receipt"); }
    // The state that it ended in; asks again after `pause`.
    Result<std::string> settled(const std::string& id, std::chrono::microseconds pause);

private:
    Result<boost::json::object> get(const std::string& path);
    const Session& m_session;
    cli::HttpClient m_http;
};

} // namespace sekisho::bench
