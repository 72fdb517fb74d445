#include "rig.h"

#include <arpa/inet.h>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sstream>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace sekisho::portal::tests {

namespace {

// Lives until the program ends: connections have threads of their own.
struct World {
    std::string folder;
    std::unique_ptr<FakeLedger> ledger;
    std::unique_ptr<FakeAuth> auth;
    Options options;
    std::unique_ptr<TlsServer> tls;
    std::unique_ptr<Listener> door;
    Descriptor listener;
    std::uint16_t port = 0;
};

World& world() {
    static World* only = new World;
    return *only;
}

std::string quoted(const std::string& text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string contents(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

sockaddr* generic(sockaddr_in& address) {
    return static_cast<sockaddr*>(static_cast<void*>(&address));
}

void listen_on_loopback() {
    World& w = world();
    w.listener = Descriptor(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof(address);
    ASSERT_EQ(bind(w.listener.get(), generic(address), size), 0);
    ASSERT_EQ(listen(w.listener.get(), 64), 0);
    ASSERT_EQ(getsockname(w.listener.get(), generic(address), &size), 0);
    w.port = ntohs(address.sin_port);
}

void make_certificate() {
    const std::string command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
                                "-subj /CN=localhost -keyout " +
                                world().folder + "/key.pem -out " + world().folder + "/cert.pem 2>/dev/null";
    ASSERT_EQ(std::system(command.c_str()), 0);
}

void open_door() {
    World& w = world();
    w.options.zone = {"lgwan", "LGWAN接続系", "LGWAN"};
    w.options.zones = {{"internet", "インターネット接続系", "Internet"}, w.options.zone};
    w.options.ledger_socket = w.folder + "/ledger.sock";
    w.options.auth_socket = w.folder + "/auth.sock";
    w.tls = *TlsServer::create(w.folder + "/cert.pem", w.folder + "/key.pem");
    ListenerLimits limits;
    limits.http.header = std::chrono::milliseconds(700);
    limits.http.idle = std::chrono::milliseconds(3000);
    w.door = std::make_unique<Listener>(
        *w.tls,
        [&w]() -> Handler {
            return [&w, peers = std::make_shared<Peers>(w.options)](const Request& request) {
                return answer(w.options, *peers, request);
            };
        },
        limits);
    std::thread([&w] { (void)w.door->accept_for_ever(w.listener); }).detach();
}

} // namespace

std::string Reply::header(const std::string& name) const {
    const std::size_t at = headers.find(name + ": ");
    if (at == std::string::npos) return {};
    const std::size_t begin = at + name.size() + 2;
    return headers.substr(begin, headers.find("\r\n", begin) - begin);
}

void PortalTest::SetUpTestSuite() {
    if (world().ledger) return;
    std::string pattern = (std::filesystem::temp_directory_path() / "portal-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    world().folder = pattern;
    make_certificate();
    world().ledger = std::make_unique<FakeLedger>(world().folder + "/ledger.sock");
    world().auth = std::make_unique<FakeAuth>(world().folder + "/auth.sock");
    listen_on_loopback();
    open_door();
}

void PortalTest::TearDownTestSuite() {
    std::filesystem::remove_all(world().folder);
}

FakeLedger& PortalTest::ledger() {
    return *world().ledger;
}

std::string PortalTest::folder() {
    return world().folder;
}

std::string PortalTest::url(const std::string& path) {
    return "https://127.0.0.1:" + std::to_string(world().port) + path;
}

Reply PortalTest::curl(std::vector<std::string> arguments, const std::string& path) {
    const std::string headers = folder() + "/headers";
    const std::string body = folder() + "/body";
    for (const std::string& file : {headers, body}) std::filesystem::remove(file);
    std::string command = "curl -sk --http1.1 --max-time 20 -D " + headers + " -o " + body + " -w '%{http_code}'";
    for (const std::string& argument : arguments) command += " " + quoted(argument);
    command += " " + quoted(url(path));
    std::FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 16> status{};
    const char* told = std::fgets(status.data(), status.size(), pipe);
    pclose(pipe);
    return {told ? std::atoi(told) : 0, contents(headers), contents(body)};
}

Login PortalTest::log_in(const std::string& account) {
    const Reply reply = curl({"-H", "Content-Type: application/json", "-d",
                              R"({"account":")" + account + R"(","password":"correct horse"})"},
                             "/api/v1/session");
    EXPECT_EQ(reply.status, 200) << reply.body;
    Login login;
    login.cookie = reply.header("Set-Cookie").substr(0, reply.header("Set-Cookie").find(';'));
    const std::size_t at = reply.body.find("\"csrf\":\"");
    if (at != std::string::npos) login.csrf = reply.body.substr(at + 8, 32);
    return login;
}

Reply PortalTest::as(const Login& login, std::vector<std::string> arguments, const std::string& path) {
    for (const std::string& more :
         {std::string("-H"), "Cookie: " + login.cookie, std::string("-H"), "X-CSRF-Token: " + login.csrf})
        arguments.push_back(more);
    return curl(std::move(arguments), path);
}

std::string PortalTest::raw(const std::string& bytes, std::chrono::milliseconds patience) {
    const Descriptor line(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address = loopback(world().port);
    if (connect(line.get(), generic(address), sizeof(address)) != 0) return "no connection";
    const timeval limit{patience.count() / 1000, static_cast<suseconds_t>((patience.count() % 1000) * 1000)};
    setsockopt(line.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL* session = SSL_new(context);
    SSL_set_fd(session, line.get());
    std::string answer;
    if (SSL_connect(session) == 1) {
        SSL_write(session, bytes.data(), static_cast<int>(bytes.size()));
        std::array<char, 4096> buffer{};
        for (;;) {
            const int count = SSL_read(session, buffer.data(), static_cast<int>(buffer.size()));
            if (count <= 0) break;
            answer.append(buffer.data(), static_cast<std::size_t>(count));
        }
    }
    SSL_free(session);
    SSL_CTX_free(context);
    return answer;
}

} // namespace sekisho::portal::tests
