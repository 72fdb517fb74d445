// multipart/form-data (RFC 7578) as browsers write it (the WHATWG's rules), read as it arrives: memory stays the same
// whatever the size. Strict: no preamble, no epilogue, every part named.
#pragma once

#include <optional>
#include <string>

#include "gateway/portal/http/message.h"

namespace sekisho::portal {

class Multipart final : public Body {
public:
    static constexpr std::size_t most_parts = 64;
    static constexpr std::size_t largest_header = 8 * 1024; // of one part

    struct Part {
        std::string name;
        std::optional<std::string> file_name; // set for a file, empty if none was chosen
    };

    // reject "http.form" unless the type is multipart/form-data with a boundary.
    static Result<Multipart> of(std::string_view content_type, Body& body);

    // Goes to the next part, over what is left of this one; nothing at the end. reject "http.form" if malformed.
    Result<std::optional<Part>> next();
    // Bytes of the current part; 0 at its end.
    Result<std::size_t> read(std::span<std::uint8_t> into) override;
    // The whole current part; reject "http.too-large" beyond `limit`.
    Result<std::string> text(std::size_t limit) { return read_all(*this, limit); }

private:
    Multipart(Body& body, std::string delimiter) : m_body(&body), m_delimiter(std::move(delimiter)) {}
    Result<> fill();
    std::string_view waiting() const { return as_text(View(m_bytes).subspan(m_begin, m_end - m_begin)); }
    Result<> want(std::size_t count);
    Result<bool> end_delimiter();
    Result<std::string> header_block();

    Body* m_body;
    std::string m_delimiter; // "\r\n--boundary"
    Bytes m_bytes = Bytes(64 * 1024);
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    std::size_t m_parts = 0;
    bool m_body_ended = false;
    bool m_started = false;
    bool m_in_part = false;
    bool m_finished = false;
};

} // namespace sekisho::portal
