#include "policy/language/keywords.h"

#include <algorithm>
#include <array>

namespace sekisho::policy {

namespace {

constexpr std::array keywords{
#define KEYWORD(word, role) Keyword{word, Role::role},
#include "policy/language/keywords.def"
#undef KEYWORD
};

constexpr auto sorted = [] {
    auto copy = keywords;
    std::ranges::sort(copy, {}, &Keyword::word);
    return copy;
}();

constexpr std::array<Unit, 7> units{{{"B", 1},
                                     {"KB", 1'000},
                                     {"MB", 1'000'000},
                                     {"GB", 1'000'000'000},
                                     {"KiB", 1ULL << 10},
                                     {"MiB", 1ULL << 20},
                                     {"GiB", 1ULL << 30}}};

} // namespace

std::span<const Keyword> all_keywords() {
    return keywords;
}

bool is_keyword(std::string_view word, Role role) {
    const auto same = std::ranges::equal_range(sorted, word, {}, &Keyword::word);
    return std::ranges::any_of(same, [&](const Keyword& row) { return row.role == role; });
}

std::vector<std::string_view> keywords_of(Role role) {
    std::vector<std::string_view> words;
    for (const Keyword& row : keywords)
        if (row.role == role) words.push_back(row.word);
    return words;
}

std::span<const Unit> all_units() {
    return units;
}

} // namespace sekisho::policy
