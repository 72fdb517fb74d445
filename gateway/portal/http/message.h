// A request as handlers see it, and what they answer. No handler knows the HTTP library.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/descriptor/descriptor.h"

namespace sekisho::portal {

// The body, as it arrives.
class Body {
public:
    virtual ~Body() = default;
    // At least one byte, or 0 at the end. reject "http.body" if it is malformed, fail "http.lost" or "http.late".
    virtual Result<std::size_t> read(std::span<std::uint8_t> into) = 0;
};

struct Request {
    std::string method;
    std::string path; // decoded, without query
    std::map<std::string, std::string, std::less<>> query;
    std::map<std::string, std::string, std::less<>> headers; // names in lower case
    std::map<std::string, std::string, std::less<>> cookies;
    std::optional<std::uint64_t> content_length;
    std::string peer; // numeric address of the client
    Body* body = nullptr;

    std::string_view header(std::string_view lower_case_name) const;
};

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    // Sent instead of `body` if it is valid: `file_size` bytes from `file_offset`.
    Descriptor file;
    std::uint64_t file_offset = 0;
    std::uint64_t file_size = 0;
    bool close = false; // the connection cannot go on (an unread body, a broken request)

    void set(std::string name, std::string value) { headers.emplace_back(std::move(name), std::move(value)); }
};

// Reads the whole body; reject "http.too-large" beyond `limit`.
Result<std::string> read_all(Body& body, std::size_t limit);
// "%41" and, in forms and queries, '+'. reject "http.target" for a broken escape or a NUL.
Result<std::string> percent_decoded(std::string_view text, bool plus_is_space);
// application/x-www-form-urlencoded; at most 64 fields.
Result<std::map<std::string, std::string, std::less<>>> form_fields(std::string_view text);
std::string_view reason_phrase(int status);

} // namespace sekisho::portal
