#include "sanitizer/name/part.h"

#include <algorithm>

namespace sekisho {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && std::ranges::equal(text.substr(text.size() - end.size()), end, {}, lower);
}

std::uint32_t number_of(std::string_view digits) {
    std::uint32_t number = 0;
    for (const char c : digits) number = number * 10 + static_cast<std::uint32_t>(c - '0');
    return number;
}

// "a.part12.rar"
std::optional<PartName> rar_part(std::string_view name) {
    constexpr std::size_t longest_number = 5;
    const std::string_view stem = name.substr(0, name.size() - 4);
    std::size_t start = stem.size();
    while (start > 0 && is_digit(stem[start - 1])) --start;
    const std::string_view digits = stem.substr(start);
    if (digits.empty() || digits.size() > longest_number || !ends_with(stem.substr(0, start), ".part"))
        return std::nullopt;
    const std::uint32_t number = number_of(digits);
    if (number == 0) return std::nullopt;
    return PartName{PartName::Kind::rar, std::string(stem.substr(0, start - 5)) + ".rar", number};
}

} // namespace

std::optional<PartName> part_name(std::string_view name) {
    if (name.size() < 5) return std::nullopt;
    if (ends_with(name, ".rar")) return rar_part(name);
    const std::string_view stem = name.substr(0, name.size() - 4);
    const std::string_view last = name.substr(stem.size());
    if (last[0] != '.' || !is_digit(last[2]) || !is_digit(last[3])) return std::nullopt;
    if (is_digit(last[1])) {
        const std::uint32_t number = number_of(last.substr(1));
        if (number == 0) return std::nullopt;
        return PartName{PartName::Kind::numbered, std::string(stem), number};
    }
    const std::uint32_t number = number_of(last.substr(2));
    if (lower(last[1]) == 'z' && number > 0) return PartName{PartName::Kind::zip, std::string(stem) + ".zip", number};
    // "a.rar" is the first, "a.r00" the second.
    if (lower(last[1]) == 'r') return PartName{PartName::Kind::older_rar, std::string(stem) + ".rar", number + 2};
    return std::nullopt;
}

} // namespace sekisho
