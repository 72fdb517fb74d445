// The only file that knows Boost.Beast: its parser is fed by hand, so that neither Asio nor its threads are needed.
#include "gateway/portal/http/connection.h"

#include <algorithm>
#include <charconv>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <fmt/format.h>

#include "gateway/portal/problem.h"

namespace sekisho::portal {

namespace {

namespace http = boost::beast::http;
using Clock = std::chrono::steady_clock;
using Parser = http::request_parser<http::buffer_body>;

constexpr std::size_t piece = 64 * 1024;

// Bytes that were read and not parsed yet.
struct Incoming {
    Bytes bytes = Bytes(piece);
    std::size_t begin = 0;
    std::size_t end = 0;

    View view() const { return View(bytes).subspan(begin, end - begin); }
    Result<bool> fill(TlsStream& stream, Deadline deadline) {
        if (begin == end) begin = end = 0;
        if (end == bytes.size()) {
            std::copy(bytes.begin() + static_cast<std::ptrdiff_t>(begin), bytes.end(), bytes.begin());
            end -= begin;
            begin = 0;
        }
        if (end == bytes.size()) return reject("http.header", "The request's header is too large");
        const std::size_t count = TRY(stream.read(std::span(bytes).subspan(end), deadline));
        end += count;
        return count > 0;
    }
};

std::unexpected<Error> from_beast(const boost::system::error_code& code) {
    if (code == http::error::header_limit) return reject("http.header", "The request's header is too large");
    return reject("http.malformed", fmt::format("The request is malformed: {}", code.message()));
}

class StreamBody final : public Body {
public:
    StreamBody(Parser& parser, Incoming& incoming, TlsStream& stream, std::chrono::milliseconds patience)
        : m_parser(parser), m_incoming(incoming), m_stream(stream), m_patience(patience) {}

    Result<std::size_t> read(std::span<std::uint8_t> into) override {
        while (!m_parser.is_done()) {
            auto& target = m_parser.get().body();
            target.data = into.data();
            target.size = into.size();
            if (m_incoming.view().empty() && !TRY(m_incoming.fill(m_stream, Clock::now() + m_patience)))
                return fail("http.lost", "the client left before the end of its request");
            boost::system::error_code code;
            const View view = m_incoming.view();
            m_incoming.begin += m_parser.put(boost::asio::const_buffer(view.data(), view.size()), code);
            if (code == http::error::need_more && !TRY(m_incoming.fill(m_stream, Clock::now() + m_patience)))
                return fail("http.lost", "the client left before the end of its request");
            if (code && code != http::error::need_buffer && code != http::error::need_more) return from_beast(code);
            const std::size_t count = into.size() - target.size;
            if (count > 0) return count;
        }
        return 0;
    }

private:
    Parser& m_parser;
    Incoming& m_incoming;
    TlsStream& m_stream;
    std::chrono::milliseconds m_patience;
};

// What Beast 1.81 accepts and no gate may: chunked on HTTP/1.0, a missing or doubled Host.
Result<> check_header(const Parser& parser) {
    const auto& message = parser.get();
    if (message.version() != 11) return reject("http.version", "Only HTTP/1.1 is spoken here");
    if (message.count(http::field::host) != 1) return reject("http.host", "The request needs exactly one Host");
    if (message.count(http::field::transfer_encoding) > 0 && message.count(http::field::content_length) > 0)
        return reject("http.malformed", "The request gives its length twice");
    return {};
}

std::string lower_case(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

void take_cookies(Request& request, std::string_view header) {
    while (!header.empty()) {
        const std::size_t end = std::min(header.find(';'), header.size());
        std::string_view pair = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        const std::size_t equals = pair.find('=');
        if (equals != std::string_view::npos) request.cookies.emplace(pair.substr(0, equals), pair.substr(equals + 1));
    }
}

Result<Request> request_of(const Parser& parser, const std::string& peer) {
    const auto& message = parser.get();
    Request request;
    request.method = std::string(message.method_string());
    request.peer = peer;
    const std::string_view target(message.target().data(), message.target().size());
    if (!target.starts_with('/')) return reject("http.target", "The address must begin with /");
    const std::size_t question = std::min(target.find('?'), target.size());
    request.path = TRY(percent_decoded(target.substr(0, question), false));
    request.query = TRY(form_fields(target.substr(std::min(question + 1, target.size()))));
    for (const auto& field : message) {
        const std::string name = lower_case({field.name_string().data(), field.name_string().size()});
        const std::string_view value(field.value().data(), field.value().size());
        if (name == "cookie") take_cookies(request, value);
        request.headers.emplace(name, value);
    }
    if (parser.content_length()) request.content_length = *parser.content_length();
    return request;
}

Result<> send(TlsStream& stream, const Response& response, bool head, bool close, const HttpLimits& limits) {
    const std::uint64_t size = response.file.valid() ? response.file_size : response.body.size();
    std::string text = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
    for (const auto& [name, value] : response.headers) text += fmt::format("{}: {}\r\n", name, value);
    if (response.status != 204) text += fmt::format("Content-Length: {}\r\n", size);
    text += close ? "Connection: close\r\n\r\n" : "\r\n";
    if (!head && !response.file.valid()) text += response.body;
    TRY(stream.write(as_view(text), Clock::now() + limits.write));
    if (head || !response.file.valid()) return {};
    Bytes buffer(piece);
    for (std::uint64_t done = 0; done < size;) {
        const auto wanted = std::span(buffer).first(std::min<std::uint64_t>(piece, size - done));
        const std::size_t count = TRY(read_at(response.file, response.file_offset + done, wanted));
        if (count == 0) return fail("http.lost", "a file became shorter");
        TRY(stream.write(View(buffer).first(count), Clock::now() + limits.write));
        done += count;
    }
    return {};
}

// False at the end of the connection.
Result<bool> read_header(Parser& parser, Incoming& incoming, TlsStream& stream, const HttpLimits& limits) {
    if (incoming.view().empty() && !TRY(incoming.fill(stream, Clock::now() + limits.idle))) return false;
    const auto deadline = Clock::now() + limits.header;
    while (!parser.is_header_done()) {
        boost::system::error_code code;
        const View view = incoming.view();
        incoming.begin += parser.put(boost::asio::const_buffer(view.data(), view.size()), code);
        if (code && code != http::error::need_more && code != http::error::need_buffer) return from_beast(code);
        if (!parser.is_header_done() && !TRY(incoming.fill(stream, deadline))) return false;
    }
    return true;
}

// A connection that ends while its client still sends is reset, and the answer is lost with it (RFC 9112 section 9.6).
void let_read_the_answer(TlsStream& stream, Incoming& incoming) {
    constexpr std::chrono::seconds patience{3};
    const auto deadline = Clock::now() + patience;
    while (Clock::now() < deadline) {
        const auto count = stream.read(incoming.bytes, deadline);
        if (!count || *count == 0) return;
    }
}

// Returns whether the connection goes on.
Result<bool> serve_one(TlsStream& stream, Incoming& incoming, const std::string& peer, const HttpLimits& limits,
                       const Handler& handler) {
    Parser parser;
    parser.header_limit(limits.header_bytes);
    parser.body_limit(boost::none); // handlers count: each knows its own limit
    const auto refuse_with = [&](const Error& error) -> Result<bool> {
        TRY(send(stream, problem_response(error, false), false, true, limits));
        return false;
    };
    const auto header = read_header(parser, incoming, stream, limits);
    if (!header)
        return header.error().kind == ErrorKind::reject ? refuse_with(header.error()) : std::unexpected(header.error());
    if (!*header) return false;
    if (const auto good = check_header(parser); !good) return refuse_with(good.error());
    auto request = request_of(parser, peer);
    if (!request) return refuse_with(request.error());
    StreamBody body(parser, incoming, stream, limits.body);
    request->body = &body;
    if (lower_case(request->header("expect")) == "100-continue")
        TRY(stream.write(as_view("HTTP/1.1 100 Continue\r\n\r\n"), Clock::now() + limits.write));
    const Response response = handler(*request);
    // A body that nobody read to its end cannot be told from the next request.
    const bool close = response.close || !parser.is_done() || !parser.keep_alive();
    TRY(send(stream, response, request->method == "HEAD", close, limits));
    if (!parser.is_done()) let_read_the_answer(stream, incoming);
    return !close;
}

} // namespace

void serve_connection(TlsStream& stream, const std::string& peer, const HttpLimits& limits, const Handler& handler) {
    Incoming incoming;
    for (;;) {
        const auto served = serve_one(stream, incoming, peer, limits, handler);
        if (!served || !*served) return;
    }
}

} // namespace sekisho::portal
