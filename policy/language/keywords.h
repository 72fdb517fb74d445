// The words of the language, from keywords.def.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sekisho::policy {

enum class Role : std::uint8_t { statement, part, comparison, member, obligation, small, attribute, given };

struct Keyword {
    std::string_view word;
    Role role;
};

std::span<const Keyword> all_keywords();
bool is_keyword(std::string_view word, Role role);
std::vector<std::string_view> keywords_of(Role role);

// The unit that a size is written with, and how many bytes it stands for.
struct Unit {
    std::string_view name;
    std::uint64_t bytes;
};

std::span<const Unit> all_units();

} // namespace sekisho::policy
