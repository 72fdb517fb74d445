#include "sanitizer/formats/mail/transfer.h"

#include <algorithm>
#include <array>

namespace sekisho::mail {

namespace {

constexpr std::array<std::int8_t, 256> make_alphabet() {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < letters.size(); ++i)
        values[static_cast<unsigned char>(letters[i])] = static_cast<std::int8_t>(i);
    return values;
}
constexpr auto alphabet = make_alphabet();

int hex_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char low = static_cast<char>(c | 0x20);
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

std::string_view line_at(std::string_view text, std::size_t at) {
    std::string_view line = text.substr(at, text.find('\n', at) - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

std::size_t behind_line(std::string_view text, std::size_t at) {
    const std::size_t end = text.find('\n', at);
    return end == text.npos ? text.size() : end + 1;
}

bool is_begin(std::string_view line) {
    if (!line.starts_with("begin ") || line.size() < 11) return false;
    const std::string_view mode = line.substr(6, line.find(' ', 6) - 6);
    return (mode.size() == 3 || mode.size() == 4) && 6 + mode.size() < line.size() &&
           std::ranges::all_of(mode, [](char c) { return c >= '0' && c <= '7'; });
}

void decode_uu_line(std::string_view line, Bytes& out) {
    if (line.empty()) return;
    std::size_t left = (static_cast<unsigned char>(line[0]) - 32U) & 63U;
    const auto value = [&](std::size_t at) {
        return at < line.size() ? (static_cast<unsigned char>(line[at]) - 32U) & 63U : 0U;
    };
    for (std::size_t at = 1; left > 0 && at < line.size(); at += 4) {
        const unsigned group = value(at) << 18 | value(at + 1) << 12 | value(at + 2) << 6 | value(at + 3);
        for (int shift = 16; shift >= 0 && left > 0; shift -= 8, --left)
            out.push_back(static_cast<std::uint8_t>(group >> shift));
    }
}

// The line end before the next line "end" from `from` on.
std::size_t next_end(std::string_view text, std::size_t from) {
    std::size_t end = text.find("\nend", from);
    while (end != text.npos && line_at(text, end + 1) != "end") end = text.find("\nend", end + 1);
    return end;
}

} // namespace

Bytes decode_base64(std::string_view text) {
    Bytes out;
    out.reserve(text.size() / 4 * 3);
    unsigned gathered = 0;
    int count = 0;
    const auto flush = [&] {
        for (int i = 0; i + 1 < count; ++i)
            out.push_back(static_cast<std::uint8_t>(gathered >> (6 * count - 8 * (i + 1))));
        gathered = 0;
        count = 0;
    };
    for (const char c : text) {
        if (c == '=') {
            flush();
            continue;
        }
        const std::int8_t value = alphabet[static_cast<unsigned char>(c)];
        if (value < 0) continue;
        gathered = gathered << 6 | static_cast<unsigned>(value);
        if (++count == 4) flush();
    }
    flush();
    return out;
}

Bytes decode_quoted_printable(std::string_view text, bool in_header) {
    Bytes out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '_' && in_header) {
            out.push_back(' ');
            continue;
        }
        if (c != '=') {
            out.push_back(static_cast<std::uint8_t>(c));
            continue;
        }
        if (i + 2 < text.size() && hex_of(text[i + 1]) >= 0 && hex_of(text[i + 2]) >= 0) {
            out.push_back(static_cast<std::uint8_t>(hex_of(text[i + 1]) * 16 + hex_of(text[i + 2])));
            i += 2;
            continue;
        }
        // A soft line break, with blanks that something on the way added.
        std::size_t end = i + 1;
        while (end < text.size() && (text[end] == ' ' || text[end] == '\t' || text[end] == '\r')) ++end;
        if (end < text.size() && text[end] == '\n')
            i = end;
        else if (end < text.size())
            out.push_back('=');
        else
            i = end;
    }
    return out;
}

std::string encode_base64(View bytes) {
    constexpr std::size_t line = 57; // bytes of 76 characters
    std::string out;
    out.reserve(bytes.size() / line * 78 + 80);
    for (std::size_t at = 0; at < bytes.size(); at += line) {
        out += to_base64(bytes.subspan(at, std::min(line, bytes.size() - at)));
        out += "\r\n";
    }
    return out;
}

Bytes decode_uuencode(std::string_view text) {
    Bytes out;
    for (std::size_t at = 0; at < text.size(); at = behind_line(text, at)) {
        const std::string_view line = line_at(text, at);
        if (is_begin(line)) continue;
        if (line == "end") break;
        decode_uu_line(line, out);
    }
    return out;
}

std::vector<Uuencoded> take_uuencoded(std::string& text) {
    std::vector<Uuencoded> found;
    std::string rest;
    std::size_t next = 0; // looked for once, however many lines begin
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view line = line_at(text, at);
        const std::size_t behind = behind_line(text, at);
        std::size_t end = text.npos;
        if (is_begin(line)) {
            if (next < behind) next = next_end(text, behind - 1);
            end = next;
        }
        if (end == text.npos) {
            rest.append(text, at, behind - at);
            at = behind;
            continue;
        }
        const std::size_t name = line.find(' ', 6) + 1;
        found.push_back(
            {std::string(line.substr(name)), decode_uuencode(std::string_view(text).substr(behind, end + 1 - behind))});
        at = behind_line(text, end + 1);
    }
    if (!found.empty()) text = std::move(rest);
    return found;
}

} // namespace sekisho::mail
