#include <algorithm>

#include <boost/json.hpp>

#include "base/text/utf8.h"
#include "gateway/portal/api/handlers.h"

namespace sekisho::portal {

namespace json = boost::json;

namespace {
constexpr std::size_t largest_json = 16 * 1024;
constexpr std::chrono::seconds append_patience{300};
} // namespace

Response json_response(int status, std::string text) {
    Response response;
    response.status = status;
    response.set("Content-Type", "application/json");
    response.body = std::move(text);
    return response;
}

Result<std::map<std::string, std::string, std::less<>>> json_fields(Visit& visit,
                                                                    std::span<const std::string_view> texts) {
    if (!visit.request.header("content-type").starts_with("application/json"))
        return reject("http.media-type", "The body must be JSON", {}, "Send Content-Type: application/json");
    const std::string body = TRY(read_all(*visit.request.body, largest_json));
    boost::system::error_code broken;
    json::parse_options options;
    options.max_depth = 4;
    const json::value value = json::parse(body, broken, {}, options);
    const json::object* object = broken ? nullptr : value.if_object();
    if (!object) return reject("http.json", "The body is not a JSON object", {}, "Correct the JSON and send it again");
    std::map<std::string, std::string, std::less<>> fields;
    for (const auto& [key, member] : *object) {
        const bool known = std::ranges::find(texts, std::string_view(key)) != texts.end();
        if (!known) return reject("http.json", "The body has a member that is not known here", std::string(key));
        if (member.is_string())
            fields.emplace(key, member.as_string());
        else if (member.is_bool())
            fields.emplace(key, member.as_bool() ? "true" : "false");
        else
            return reject("http.json", "A member of the body has the wrong type", std::string(key));
    }
    return fields;
}

Result<TransferId> id_of(const Visit& visit) {
    auto id = transfer_id_of(visit.id);
    if (!id) return reject("transfer.unknown", "There is no such transfer", {}, "Go back to the list");
    return id;
}

Result<std::vector<std::string>> passwords_of(std::string_view lines) {
    using Bounds = worker::Sanitize;
    std::vector<std::string> passwords;
    while (!lines.empty()) {
        std::string_view line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(line.size() + 1, lines.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        if (passwords.size() == Bounds::most_passwords || line.size() > Bounds::longest_password || !is_utf8(line))
            return reject("upload.passwords", "There are too many passwords, or one is too long or not UTF-8", {},
                          "Give at most 10, one a line, each of at most 128 bytes");
        passwords.emplace_back(line);
    }
    return passwords;
}

Result<ledger::UploadState> send_body(Visit& visit, ledger::AppendUpload question, Body& body) {
    Pipe pipe = TRY(make_pipe());
    const int read_end = pipe.read_end.get();
    TRY(visit.ledger.ask(question, std::span(&read_end, 1)));
    pipe.read_end.close();
    Bytes buffer(256 * 1024);
    std::optional<Error> broken;
    for (;;) {
        const auto count = body.read(buffer);
        if (!count) broken = count.error();
        if (!count || *count == 0) break;
        // The ledger closes its end when it refuses: its answer says why.
        if (!write_all(pipe.write_end, View(buffer).first(*count))) break;
    }
    pipe.write_end.close();
    // Awaited even after a broken body: an answer that stays behind would be taken for the next question's.
    auto state = visit.ledger.await<ledger::UploadState>(nullptr, append_patience);
    if (broken) return std::unexpected(*broken); // what arrived counts all the same; the client asks for the offset
    return state;
}

} // namespace sekisho::portal
