// A real portal on a loopback port, with fake peers behind it and curl or a bare TLS line before it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/portal/http/listener.h"
#include "gateway/portal/router.h"
#include "peers.h"

namespace sekisho::portal::tests {

struct Reply {
    int status = 0;
    std::string headers; // as they came
    std::string body;
    bool has(const std::string& header) const { return headers.find(header) != std::string::npos; }
    std::string header(const std::string& name) const;
};

struct Login {
    std::string cookie; // "__Host-sekisho=..."
    std::string csrf;
};

class PortalTest : public ::testing::Test {
protected:
    static void SetUpTestSuite();
    static void TearDownTestSuite();
    void SetUp() override { ledger().clear(); }

    static FakeLedger& ledger();
    static std::string url(const std::string& path);
    static std::string folder();
    // Runs curl; the last argument is the path.
    static Reply curl(std::vector<std::string> arguments, const std::string& path);
    static Login log_in(const std::string& account = "tanaka");
    // curl with a session and, as the API wants it, the token.
    static Reply as(const Login& login, std::vector<std::string> arguments, const std::string& path);
    // Sends bytes over TLS 1.3 as they are and returns what comes until the other side ends or `patience` is over.
    static std::string raw(const std::string& bytes, std::chrono::milliseconds patience = std::chrono::seconds(5));
};

} // namespace sekisho::portal::tests
