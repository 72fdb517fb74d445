// HTTPS for the verbs that speak to a portal, by libcurl: certificates are always checked, against one file.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/descriptor/descriptor.h"

namespace sekisho::cli {

struct HttpAnswer {
    int status = 0;
    std::string body;
    std::map<std::string, std::string, std::less<>> headers; // names in lower case
};

class HttpClient {
public:
    // `base`: "https://127.0.0.1:8441"; `authority`: a PEM file; the server's certificate must descend from it.
    HttpClient(std::string base, std::string authority);
    ~HttpClient();
    HttpClient(HttpClient&&) noexcept;

    using Headers = std::vector<std::string>; // "Name: value"
    // fail "peer.unreachable" when there is no answer at all; any status is an answer.
    Result<HttpAnswer> send(const std::string& method, const std::string& path, const Headers& headers,
                            const std::string& body);
    // Streams the file's bytes from `offset` as the body of a PATCH.
    Result<HttpAnswer> send_file(const std::string& path, const Headers& headers, const Descriptor& file,
                                 std::uint64_t offset, std::uint64_t size);
    // Writes the body of a GET into `file`.
    Result<HttpAnswer> fetch(const std::string& path, const Descriptor& file);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sekisho::cli
