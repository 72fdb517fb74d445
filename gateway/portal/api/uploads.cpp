// tus 1.0.0: core, creation, termination, expiration, checksum.
#include <array>
#include <charconv>
#include <ctime>

#include <fmt/format.h>

#include "gateway/portal/api/handlers.h"

namespace sekisho::portal {

namespace {

constexpr std::string_view version = "1.0.0";

Result<> check_version(const Visit& visit) {
    if (visit.request.header("tus-resumable") == version) return {};
    return reject("tus.version", "Only tus 1.0.0 is spoken here", {}, "Send Tus-Resumable: 1.0.0");
}

Response tus_response(int status) {
    Response response;
    response.status = status;
    response.set("Tus-Resumable", std::string(version));
    return response;
}

Result<std::uint64_t> number_header(const Visit& visit, std::string_view name) {
    const std::string_view text = visit.request.header(name);
    std::uint64_t value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || parsed.ec != std::errc() || parsed.ptr != text.data() + text.size())
        return reject("http.length", fmt::format("{} is missing or not a number", name), {}, "Say the size in bytes");
    return value;
}

// RFC 9110 section 5.6.7.
std::string http_date(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm parts{};
    gmtime_r(&time, &parts);
    constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[static_cast<std::size_t>(parts.tm_wday)],
                       parts.tm_mday, months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                       parts.tm_hour, parts.tm_min, parts.tm_sec);
}

// "key base64, key base64": values are UTF-8.
Result<std::map<std::string, std::string, std::less<>>> metadata_of(std::string_view header) {
    std::map<std::string, std::string, std::less<>> fields;
    while (!header.empty()) {
        const std::size_t end = std::min(header.find(','), header.size());
        std::string_view pair = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        const std::size_t space = std::min(pair.find(' '), pair.size());
        const auto value = from_base64(pair.substr(std::min(space + 1, pair.size())));
        if (!value) return reject("http.malformed", "Upload-Metadata is not base64", {}, "Encode each value in base64");
        fields[std::string(pair.substr(0, space))] = as_text(*value);
    }
    return fields;
}

// "1048576 1048576 2000": sizes in bytes.
Result<std::vector<worker::WirePart>> parts_of(std::string_view text) {
    std::vector<worker::WirePart> parts;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(word.size() + 1, text.size()));
        worker::WirePart part;
        const auto parsed = std::from_chars(word.data(), word.data() + word.size(), part.size);
        const bool whole = parsed.ec == std::errc() && parsed.ptr == word.data() + word.size();
        if (!whole || parts.size() == worker::Sanitize::most_parts)
            return reject("upload.parts", "The parts are too many, or their sizes are no numbers");
        parts.push_back(part);
    }
    return parts;
}

// Upload-Checksum: "sha256 BASE64".
Result<> take_checksum(std::string_view header, ledger::AppendUpload& question) {
    if (header.empty()) return {};
    const std::size_t space = std::min(header.find(' '), header.size());
    const std::string_view name = header.substr(0, space);
    if (name == "sha1")
        question.checksum = ledger::Checksum::sha1;
    else if (name == "sha256")
        question.checksum = ledger::Checksum::sha256;
    else
        return reject("http.malformed", "The checksum's algorithm is not known", {}, "Use sha256 or sha1");
    auto value = from_base64(header.substr(std::min(space + 1, header.size())));
    if (!value || value->empty() || value->size() > 64) return reject("http.malformed", "The checksum is not base64");
    question.checksum_value = std::move(*value);
    return {};
}

} // namespace

Result<Response> tus_options(Visit& visit) {
    Response response = tus_response(204);
    response.set("Tus-Version", std::string(version));
    response.set("Tus-Max-Size", std::to_string(visit.options.largest_upload));
    response.set("Tus-Extension", "creation,termination,expiration,checksum");
    response.set("Tus-Checksum-Algorithm", "sha256,sha1");
    return response;
}

Result<Response> create_upload(Visit& visit) {
    TRY(check_version(visit));
    ledger::CreateUpload question;
    question.sender = visit.person();
    question.size = TRY(number_header(visit, "upload-length"));
    auto fields = TRY(metadata_of(visit.request.header("upload-metadata")));
    question.name = fields["filename"];
    question.zone_to = fields["zone_to"];
    question.recipient = fields["recipient"];
    question.comment = fields["comment"];
    question.passwords = TRY(passwords_of(fields["passwords"]));
    question.parts = TRY(parts_of(fields["parts"]));
    if (question.name.empty() || question.name.size() > 1024 || question.zone_to.size() > 32 ||
        question.recipient.size() > 64 || question.comment.size() > 2000)
        return reject("upload.metadata", "Upload-Metadata needs filename and zone_to, none of them too long", {},
                      "Shorten the name or the comment");
    const auto state = TRY(visit.ledger.call<ledger::UploadState>(question));
    Response response = tus_response(201);
    response.set("Location", "/api/v1/uploads/" + to_text(state.id));
    response.set("Upload-Expires", http_date(state.expires));
    return response;
}

Result<Response> upload_status(Visit& visit) {
    TRY(check_version(visit));
    const auto state =
        TRY(visit.ledger.call<ledger::UploadState>(ledger::UploadStatus{visit.person(), TRY(id_of(visit))}));
    Response response = tus_response(200);
    response.set("Upload-Offset", std::to_string(state.offset));
    response.set("Upload-Length", std::to_string(state.size));
    if (!state.complete) response.set("Upload-Expires", http_date(state.expires));
    return response;
}

Result<Response> append_upload(Visit& visit) {
    TRY(check_version(visit));
    if (visit.request.header("content-type") != "application/offset+octet-stream")
        return reject("http.media-type", "A piece must be application/offset+octet-stream", {},
                      "Set that Content-Type");
    ledger::AppendUpload question;
    question.sender = visit.person();
    question.id = TRY(id_of(visit));
    question.offset = TRY(number_header(visit, "upload-offset"));
    TRY(take_checksum(visit.request.header("upload-checksum"), question));
    const auto state = TRY(send_body(visit, question, *visit.request.body));
    Response response = tus_response(204);
    response.set("Upload-Offset", std::to_string(state.offset));
    if (!state.complete) response.set("Upload-Expires", http_date(state.expires));
    return response;
}

Result<Response> terminate_upload(Visit& visit) {
    TRY(check_version(visit));
    TRY(visit.ledger.call<Done>(ledger::Withdraw{visit.person(), TRY(id_of(visit))}));
    return tus_response(204);
}

} // namespace sekisho::portal
