// The closed lists of the language: values that a policy names and that neither it nor the gateway can add to. Each
// enumeration is in the order of its names.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sekisho::policy {

// How far a file is taken apart; a later one is stricter. What `require` asks for.
enum class Strictness : std::uint8_t { rebuild, flatten, text };
inline constexpr std::array<std::string_view, 3> strictness_names{"rebuild", "flatten", "text"};

// How far it was taken apart. `exact`: it is what came in, byte for byte.
enum class Reached : std::uint8_t { exact, rebuild, flatten, text };
inline constexpr std::array<std::string_view, 4> reached_names{"exact", "rebuild", "flatten", "text"};

// 自治体機密性, the least confidential first.
enum class Confidentiality : std::uint8_t { one, two, three_c, three_b, three_a };
inline constexpr std::array<std::string_view, 5> confidentiality_names{"1", "2", "3C", "3B", "3A"};

// The way by which a file came to the gateway.
enum class Channel : std::uint8_t { portal, mail, folder, api, sync, flow };
inline constexpr std::array<std::string_view, 6> channel_names{"portal", "mail", "folder", "api", "sync", "flow"};

// What the search for personal data found.
enum class DataKind : std::uint8_t { my_number, corporate_number, card, account, phone, address, keyword };
inline constexpr std::array<std::string_view, 7> data_kind_names{"mynumber", "corporate-number", "card",   "account",
                                                                 "phone",    "address",          "keyword"};

// Who is at the other end of a specific communication.
enum class Peer : std::uint8_t { eltax, jlis, mynaportal, lgwan_asp, ntp, dns, update, backup, other_gateway };
inline constexpr std::array<std::string_view, 9> peer_names{"eltax", "jlis",   "mynaportal", "lgwan-asp",    "ntp",
                                                            "dns",   "update", "backup",     "other-gateway"};

template <typename Value, std::size_t size>
constexpr std::optional<Value> value_of(const std::array<std::string_view, size>& names, std::string_view name) {
    for (std::size_t i = 0; i < size; ++i)
        if (names[i] == name) return static_cast<Value>(i);
    return std::nullopt;
}

constexpr std::string_view name_of(Strictness value) {
    return strictness_names[static_cast<std::size_t>(value)];
}
constexpr std::string_view name_of(Reached value) {
    return reached_names[static_cast<std::size_t>(value)];
}
constexpr std::string_view name_of(Confidentiality value) {
    return confidentiality_names[static_cast<std::size_t>(value)];
}
constexpr std::string_view name_of(Channel value) {
    return channel_names[static_cast<std::size_t>(value)];
}
constexpr std::string_view name_of(DataKind value) {
    return data_kind_names[static_cast<std::size_t>(value)];
}
constexpr std::string_view name_of(Peer value) {
    return peer_names[static_cast<std::size_t>(value)];
}

} // namespace sekisho::policy
