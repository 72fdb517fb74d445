#include "gateway/portal/http/message.h"

namespace sekisho::portal {

std::string_view Request::header(std::string_view lower_case_name) const {
    const auto found = headers.find(lower_case_name);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

Result<std::string> read_all(Body& body, std::size_t limit) {
    Bytes all;
    Bytes buffer(16 * 1024);
    for (;;) {
        const std::size_t count = TRY(body.read(buffer));
        if (count == 0) return std::string(as_text(all));
        if (count > limit - all.size()) return reject("http.too-large", "The request is too large");
        all.insert(all.end(), buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count));
    }
}

Result<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const auto octet = from_hex(text.substr(std::min(i + 1, text.size()), 2));
            if (!octet || octet->size() != 1) return reject("http.target", "The address has a broken % escape");
            c = static_cast<char>((*octet)[0]);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (c == '\0') return reject("http.target", "The address has a NUL in it");
        out += c;
    }
    return out;
}

Result<std::map<std::string, std::string, std::less<>>> form_fields(std::string_view text) {
    constexpr std::size_t most_fields = 64;
    std::map<std::string, std::string, std::less<>> fields;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view field = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (field.empty()) continue;
        if (fields.size() >= most_fields) return reject("http.form", "The form has too many fields");
        const std::size_t equals = std::min(field.find('='), field.size());
        const std::string name = TRY(percent_decoded(field.substr(0, equals), true));
        fields[name] = TRY(percent_decoded(field.substr(std::min(equals + 1, field.size())), true));
    }
    return fields;
}

std::string_view reason_phrase(int status) {
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 206:
        return "Partial Content";
    case 303:
        return "See Other";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 410:
        return "Gone";
    case 411:
        return "Length Required";
    case 412:
        return "Precondition Failed";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 416:
        return "Range Not Satisfiable";
    case 422:
        return "Unprocessable Content";
    case 423:
        return "Locked";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 460:
        return "Checksum Mismatch"; // tus 1.0.0
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    case 507:
        return "Insufficient Storage";
    default:
        return "Internal Server Error";
    }
}

} // namespace sekisho::portal
