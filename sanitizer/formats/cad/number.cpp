#include "sanitizer/formats/cad/number.h"

#include <array>
#include <charconv>
#include <cmath>

namespace sekisho::cad {

namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t");
    if (from == text.npos) return {};
    return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

template <typename Value, typename... How> std::optional<Value> parse(std::string_view text, How... how) {
    Value value{};
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value, how...);
    if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
    return value;
}

std::string_view without_plus(std::string_view text) {
    if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
    return text;
}

} // namespace

std::optional<double> real_of(std::string_view text) {
    const auto value = parse<double>(without_plus(trimmed(text)));
    if (!value || !std::isfinite(*value)) return std::nullopt;
    return value;
}

std::optional<std::int64_t> integer_of(std::string_view text) {
    return parse<std::int64_t>(without_plus(trimmed(text)));
}

std::optional<std::uint64_t> handle_of(std::string_view text) {
    return parse<std::uint64_t>(trimmed(text), 16);
}

void put_real(std::string& out, double value) {
    if (value == 0) value = 0; // no negative zero
    constexpr double smallest_plain = 1e-9, largest_plain = 1e15;
    const double size = std::fabs(value);
    const bool plain = value == 0 || (size >= smallest_plain && size < largest_plain);
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   plain ? std::chars_format::fixed : std::chars_format::scientific)
                         .ptr;
    std::string text(buffer.data(), end);
    const std::size_t exponent = text.find('e');
    if (text.find('.') == text.npos) text.insert(exponent == text.npos ? text.size() : exponent, ".0");
    out += text;
}

void put_integer(std::string& out, std::int64_t value) {
    out += std::to_string(value);
}

void put_handle(std::string& out, std::uint64_t value) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    do {
        text.insert(text.begin(), digits[value & 15]);
        value >>= 4;
    } while (value != 0);
    out += text;
}

} // namespace sekisho::cad
