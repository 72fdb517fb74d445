// A client that does not give up: it asks again when nobody answers, when the gateway says "later", and after its
// session has gone.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>

#include <boost/json.hpp>

#include "gateway/cli/client/http.h"

namespace sekisho::crash {

class Patient {
public:
    struct Place {
        std::string base;
        std::string authority;
        std::string account;
        std::string password;
        const std::atomic<bool>* too_late = nullptr; // then it gives up
    };
    explicit Patient(Place place);

    // The first answer that is not "later"; nothing once it is too late.
    std::optional<cli::HttpAnswer> ask(const std::string& method, const std::string& path,
                                       const cli::HttpClient::Headers& headers = {}, const std::string& body = {});
    // One attempt; nothing if nobody answered, or "later". A PATCH is not simply sent again: see HEAD of tus.
    std::optional<cli::HttpAnswer> ask_once(const std::string& method, const std::string& path,
                                            cli::HttpClient::Headers headers, const std::string& body);
    // The JSON of a 200.
    std::optional<boost::json::object> get(const std::string& path);
    bool gave_up() const { return *m_place.too_late; }
    std::chrono::milliseconds longest_wait() const { return m_longest; }

private:
    bool log_in();
    void pause();
    Place m_place;
    std::unique_ptr<cli::HttpClient> m_http;
    std::string m_csrf; // empty: no session
    std::chrono::milliseconds m_longest{0};
};

// "code" of a problem; empty if there is none.
std::string code_of(const cli::HttpAnswer& answer);
std::string text_of(const boost::json::object& object, std::string_view key);

} // namespace sekisho::crash
