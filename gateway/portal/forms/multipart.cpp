#include "gateway/portal/forms/multipart.h"

#include <algorithm>

namespace sekisho::portal {

namespace {

std::unexpected<Error> malformed(const char* why) {
    return reject("http.form", std::string("The form is malformed: ") + why, {}, "Send the form again");
}

std::string lower_case(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

// RFC 2046 section 5.1.1: the characters of a boundary.
bool may_be_in_boundary(char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || std::string_view("'()+_,-./:=?").find(c) != std::string_view::npos;
}

// The WHATWG's escapes in names: %0D, %0A and %22, nothing else.
std::string unescaped(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::string_view escape = text.substr(0, 3);
        const bool known = escape == "%22" || escape == "%0D" || escape == "%0A";
        if (escape == "%22") out += '"';
        if (!known) out += text.front();
        text.remove_prefix(known ? 3 : 1);
    }
    return out;
}

// ; key="value" ... of Content-Disposition, after "form-data".
Result<Multipart::Part> parameters_of(std::string_view text) {
    Multipart::Part part;
    bool named = false;
    while (!text.empty()) {
        if (text.front() != ';') return malformed("a parameter does not begin with a semicolon");
        text.remove_prefix(1);
        while (text.starts_with(' ')) text.remove_prefix(1);
        const std::size_t equals = text.find("=\"");
        const std::size_t end = equals == std::string_view::npos ? equals : text.find('"', equals + 2);
        if (end == std::string_view::npos) return malformed("a parameter is not quoted");
        const std::string key = lower_case(text.substr(0, equals));
        const std::string value = unescaped(text.substr(equals + 2, end - equals - 2));
        if (key == "name" && !named) {
            part.name = value;
            named = true;
        } else if (key == "filename" && !part.file_name) {
            part.file_name = value;
        } else {
            return malformed("a parameter is not known or there twice");
        }
        text.remove_prefix(end + 1);
    }
    if (!named) return malformed("a part has no name");
    return part;
}

Result<Multipart::Part> part_of(std::string_view block) {
    std::optional<Multipart::Part> part;
    while (!block.empty()) {
        const std::size_t end = block.find("\r\n");
        if (end == std::string_view::npos) return malformed("a header line does not end");
        const std::string_view line = block.substr(0, end);
        block.remove_prefix(end + 2);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || line.find_first_of("\r\n") != std::string_view::npos ||
            line.find('\0') != std::string_view::npos)
            return malformed("a header line is no header");
        if (lower_case(line.substr(0, colon)) != "content-disposition") continue; // types of parts mean nothing here
        std::string_view value = line.substr(colon + 1);
        while (value.starts_with(' ')) value.remove_prefix(1);
        if (part || !value.starts_with("form-data")) return malformed("a part is no form-data");
        part = TRY(parameters_of(value.substr(9)));
    }
    if (!part) return malformed("a part has no Content-Disposition");
    return std::move(*part);
}

} // namespace

Result<Multipart> Multipart::of(std::string_view content_type, Body& body) {
    const std::size_t semicolon = std::min(content_type.find(';'), content_type.size());
    if (lower_case(content_type.substr(0, semicolon)) != "multipart/form-data")
        return malformed("it is not multipart/form-data");
    std::string_view rest = content_type.substr(std::min(semicolon + 1, content_type.size()));
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    if (lower_case(rest.substr(0, 9)) != "boundary=") return malformed("it has no boundary");
    rest.remove_prefix(9);
    if (rest.size() >= 2 && rest.front() == '"' && rest.back() == '"') rest = rest.substr(1, rest.size() - 2);
    if (rest.empty() || rest.size() > 70 || !std::ranges::all_of(rest, may_be_in_boundary))
        return malformed("its boundary is not valid");
    return Multipart(body, "\r\n--" + std::string(rest));
}

// Adds what the body has next; a reject if the body has ended.
Result<> Multipart::fill() {
    if (m_body_ended) return malformed("it ends too early");
    std::copy(m_bytes.begin() + static_cast<std::ptrdiff_t>(m_begin),
              m_bytes.begin() + static_cast<std::ptrdiff_t>(m_end), m_bytes.begin());
    m_end -= m_begin;
    m_begin = 0;
    const std::size_t count = TRY(m_body->read(std::span(m_bytes).subspan(m_end)));
    m_body_ended = count == 0;
    m_end += count;
    return {};
}

Result<> Multipart::want(std::size_t count) {
    while (waiting().size() < count) TRY(fill());
    return {};
}

// After a delimiter: "\r\n" before another part (true) or "--" at the end (false).
Result<bool> Multipart::end_delimiter() {
    TRY(want(2));
    const std::string_view two = waiting().substr(0, 2);
    const bool further = two == "\r\n";
    if (!further && two != "--") return malformed("a boundary is followed by something else");
    m_begin += 2;
    if (further) return true;
    // One line end may follow, and nothing else.
    while (!m_body_ended && waiting().size() <= 2) TRY(fill());
    if (!waiting().empty() && waiting() != "\r\n") return malformed("something follows its end");
    return false;
}

// The header lines of a part, each with its line end; takes the empty line after them, too.
Result<std::string> Multipart::header_block() {
    for (;;) {
        const std::size_t end = waiting().find("\r\n\r\n");
        if (end != std::string_view::npos && end < largest_header) {
            std::string block(waiting().substr(0, end + 2));
            m_begin += end + 4;
            return block;
        }
        if (waiting().size() >= largest_header) return malformed("the header of a part is too large");
        TRY(fill());
    }
}

Result<std::optional<Multipart::Part>> Multipart::next() {
    if (m_finished) return std::nullopt;
    if (!m_started) {
        m_started = true;
        const std::string_view first = std::string_view(m_delimiter).substr(2);
        TRY(want(first.size()));
        if (!waiting().starts_with(first)) return malformed("it does not begin with its boundary");
        m_begin += first.size();
    }
    Bytes over(16 * 1024);
    while (m_in_part) TRY(read(over));
    if (!TRY(end_delimiter())) {
        m_finished = true;
        return std::nullopt;
    }
    if (++m_parts > most_parts) return malformed("it has too many parts");
    Part part = TRY(part_of(TRY(header_block())));
    m_in_part = true;
    return part;
}

Result<std::size_t> Multipart::read(std::span<std::uint8_t> into) {
    if (!m_in_part || into.empty()) return 0;
    for (;;) {
        const std::string_view text = waiting();
        const std::size_t at = text.find(m_delimiter);
        if (at == 0) {
            m_begin += m_delimiter.size();
            m_in_part = false;
            return 0;
        }
        // What cannot be the beginning of a delimiter belongs to the part.
        const std::size_t sure = at != std::string_view::npos        ? at
                                 : text.size() >= m_delimiter.size() ? text.size() - m_delimiter.size() + 1
                                                                     : 0;
        const std::size_t count = std::min(sure, into.size());
        if (count > 0) {
            std::ranges::copy(as_view(text.substr(0, count)), into.begin());
            m_begin += count;
            return count;
        }
        TRY(fill());
    }
}

} // namespace sekisho::portal
