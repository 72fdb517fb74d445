#include "policy/language/address.h"

#include <algorithm>
#include <array>

#include <arpa/inet.h>

namespace sekisho::policy {

namespace {

constexpr std::size_t mac_characters = 17;

bool is_hexadecimal(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool has_mac_shape(std::string_view text) {
    if (text.size() != mac_characters || (text[2] != ':' && text[2] != '-')) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool separator = i % 3 == 2;
        if (separator ? text[i] != text[2] : !is_hexadecimal(text[i])) return false;
    }
    return true;
}

template <std::size_t size>
std::optional<std::string> canonical(int family, const std::array<unsigned char, size>& bytes) {
    std::array<char, INET6_ADDRSTRLEN> out{};
    if (inet_ntop(family, bytes.data(), out.data(), out.size()) == nullptr) return std::nullopt;
    return std::string(out.data());
}

// 0.0.0.0/8, 224.0.0.0/4 (multicast) and above stand for no single machine.
bool is_machine(const std::array<unsigned char, 4>& bytes) {
    return bytes[0] != 0 && bytes[0] < 224;
}

bool is_machine(const std::array<unsigned char, 16>& bytes) {
    const bool any = std::ranges::all_of(bytes, [](unsigned char byte) { return byte == 0; });
    return !any && bytes[0] != 0xFF;
}

} // namespace

bool looks_like_address(std::string_view text) {
    const auto dots = std::ranges::count(text, '.');
    const bool numbers =
        std::ranges::all_of(text, [](char c) { return c == '.' || (c >= '0' && c <= '9'); }) && !text.ends_with('.');
    if (dots == 3 && numbers) return true;
    const bool six = text.find("::") != std::string_view::npos || std::ranges::count(text, ':') == 7;
    return has_mac_shape(text) || six;
}

std::optional<std::string> canonical_ip(std::string_view text) {
    const std::string address(text);
    std::array<unsigned char, 4> four{};
    if (inet_pton(AF_INET, address.c_str(), four.data()) == 1)
        return is_machine(four) ? canonical(AF_INET, four) : std::nullopt;
    std::array<unsigned char, 16> six{};
    if (inet_pton(AF_INET6, address.c_str(), six.data()) == 1)
        return is_machine(six) ? canonical(AF_INET6, six) : std::nullopt;
    return std::nullopt;
}

std::optional<std::string> canonical_mac(std::string_view text) {
    if (!has_mac_shape(text)) return std::nullopt;
    std::string mac(text);
    for (char& c : mac) c = c == '-' ? ':' : c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    // An odd first byte is a group; all zeros is nobody.
    const bool group = std::string_view("13579bdf").find(mac[1]) != std::string_view::npos;
    if (group || mac == "00:00:00:00:00:00") return std::nullopt;
    return mac;
}

} // namespace sekisho::policy
