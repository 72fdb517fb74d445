#include "base/bytes/bytes.h"

#include <string_view>

namespace sekisho {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

} // namespace

std::string to_hex(View view) {
    std::string text;
    text.reserve(view.size() * 2);
    for (const std::uint8_t octet : view) {
        text += hex_digits[octet >> 4];
        text += hex_digits[octet & 15];
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return reject("hex.bad", "an odd number of hexadecimal digits");
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_value(text[i]);
        const int low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) return reject("hex.bad", "not a hexadecimal digit", std::to_string(i));
        bytes.push_back(static_cast<std::uint8_t>(high * 16 + low));
    }
    return bytes;
}

std::string to_base64(View view) {
    std::string text;
    text.reserve((view.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < view.size(); i += 3) {
        const std::size_t left = view.size() - i;
        const unsigned group = (static_cast<unsigned>(view[i]) << 16) |
                               (left > 1 ? static_cast<unsigned>(view[i + 1]) << 8 : 0U) |
                               (left > 2 ? static_cast<unsigned>(view[i + 2]) : 0U);
        text += base64_digits[(group >> 18) & 63];
        text += base64_digits[(group >> 12) & 63];
        text += left > 1 ? base64_digits[(group >> 6) & 63] : '=';
        text += left > 2 ? base64_digits[group & 63] : '=';
    }
    return text;
}

Result<Bytes> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return reject("base64.bad", "the length is not a multiple of four");
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
    Bytes bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool pad = i >= text.size() - padding;
        const std::size_t digit = pad ? 0 : base64_digits.find(text[i]);
        if (digit == std::string_view::npos) return reject("base64.bad", "not a base64 digit", std::to_string(i));
        group = (group << 6) | static_cast<std::uint32_t>(digit);
        if (i % 4 != 3) continue;
        const std::size_t keep = i + 1 == text.size() ? 3 - padding : 3;
        for (std::size_t k = 0; k < keep; ++k) bytes.push_back(static_cast<std::uint8_t>(group >> (16 - 8 * k)));
        group = 0;
    }
    return bytes;
}

} // namespace sekisho
