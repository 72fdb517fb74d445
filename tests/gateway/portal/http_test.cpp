// The door itself: what it does not let in.
#include <csignal>
#include <fstream>
#include <regex>
#include <set>

#include "rig.h"

namespace sekisho::portal::tests {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(PortalTest, SpeaksOnlyTls13) {
    EXPECT_EQ(curl({"--tls-max", "1.2"}, "/login").status, 0);
    EXPECT_EQ(curl({"--tlsv1.3"}, "/login").status, 200);
}

TEST_F(PortalTest, ARequestWithoutHostIsRefused) {
    EXPECT_THAT(raw("GET /login HTTP/1.1\r\n\r\n"), StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(raw("GET /login HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), StartsWith("HTTP/1.1 400"));
}

TEST_F(PortalTest, ARequestThatTwoServersReadDifferentlyIsRefused) {
    EXPECT_THAT(raw("POST /login HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                StartsWith("HTTP/1.1 505"));
    const std::string both = raw("POST /login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5"
                                 "\r\n\r\n0\r\n\r\n");
    EXPECT_THAT(both, StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(raw("GET /login HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
                StartsWith("HTTP/1.1 400"));
}

TEST_F(PortalTest, AHeaderThatIsTooLargeIsRefused) {
    const std::string large(20'000, 'x');
    EXPECT_THAT(raw("GET /login HTTP/1.1\r\nHost: a\r\nX: " + large + "\r\n\r\n"), StartsWith("HTTP/1.1 431"));
}

TEST_F(PortalTest, ASlowHeaderEndsTheConnection) {
    const auto begun = std::chrono::steady_clock::now();
    raw("GET /login HTTP/1.1\r\nHost: a\r\n", std::chrono::seconds(10));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
}

TEST_F(PortalTest, EveryAnswerCarriesTheSecurityHeaders) {
    for (const char* path : {"/login", "/nowhere", "/api/v1/session", "/health/live"}) {
        const Reply reply = curl({}, path);
        EXPECT_TRUE(reply.has("Content-Security-Policy: default-src 'none'; script-src 'self'")) << path;
        EXPECT_TRUE(reply.has("X-Content-Type-Options: nosniff")) << path;
        EXPECT_TRUE(reply.has("Strict-Transport-Security: ")) << path;
        EXPECT_TRUE(reply.has("Cache-Control: no-store")) << path;
    }
}

TEST_F(PortalTest, AnUnknownPathAndAWrongMethodAreSaidSo) {
    const Reply unknown = curl({}, "/api/v1/nowhere");
    EXPECT_EQ(unknown.status, 404);
    EXPECT_TRUE(unknown.has("Content-Type: application/problem+json"));
    EXPECT_EQ(curl({"-X", "PUT"}, "/api/v1/session").status, 405);
    const Reply page = curl({"-H", "Accept: text/html"}, "/nowhere");
    EXPECT_EQ(page.status, 404);
    EXPECT_THAT(page.body, HasSubstr("お探しのページはありません"));
}

TEST_F(PortalTest, AssetsAreKeptForEver) {
    const std::string page = curl({}, "/login").body;
    std::smatch found;
    ASSERT_TRUE(std::regex_search(page, found, std::regex("/assets/portal-[0-9a-f]{16}\\.js")));
    const Reply script = curl({}, found.str());
    EXPECT_EQ(script.status, 200);
    EXPECT_TRUE(script.has("immutable"));
    EXPECT_TRUE(script.has("Content-Type: text/javascript"));
    EXPECT_EQ(curl({}, "/assets/portal.js").status, 404);
}

// The description of the API and the one table of routes say the same.
TEST_F(PortalTest, TheOpenApiFileDescribesExactlyTheRoutes) {
    std::ifstream file(std::string(SEKISHO_SOURCE_DIR) + "/gateway/portal/openapi.yaml");
    std::set<std::string> described;
    std::string path;
    bool in_paths = false;
    for (std::string line; std::getline(file, line);) {
        std::smatch found;
        if (!line.empty() && line[0] != ' ') in_paths = line.starts_with("paths:");
        if (!in_paths) continue;
        if (std::regex_match(line, found, std::regex("  (/[^:]*):"))) path = found[1];
        if (std::regex_match(line, found, std::regex("    (get|post|head|patch|delete|options):"))) {
            std::string method = found[1];
            for (char& c : method) c = static_cast<char>(std::toupper(c));
            described.insert(method + " " + path);
        }
    }
    std::set<std::string> routed;
    for (const Route& route : all_routes())
        if (route.pattern.starts_with("/api/v1") || route.pattern.starts_with("/health"))
            routed.insert(std::string(route.method) + " " + std::string(route.pattern));
    EXPECT_EQ(described, routed);
}

} // namespace sekisho::portal::tests

int main(int count, char** values) {
    std::signal(SIGPIPE, SIG_IGN); // as the daemon does: a client may leave at any time
    ::testing::InitGoogleTest(&count, values);
    return RUN_ALL_TESTS();
}
