#include "policy/language/nearest.h"

#include <algorithm>
#include <vector>

#include "policy/language/unicode.h"

namespace sekisho::policy {

namespace {

constexpr std::size_t name_characters_max = 64; // the distance table stays small

std::u32string folded(std::string_view text) {
    std::u32string out;
    for (std::size_t offset = 0; offset < text.size() && out.size() <= name_characters_max;) {
        const Character character = character_at(text, offset);
        const bool upper = character.code >= U'A' && character.code <= U'Z';
        out += upper ? character.code - U'A' + U'a' : character.code;
        offset += character.size;
    }
    return out;
}

// Optimal string alignment: insert, delete, replace, or swap two neighbours.
std::size_t distance(const std::u32string& a, const std::u32string& b) {
    std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                cost[i][j] = i + j;
                continue;
            }
            const std::size_t replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[a.size()][b.size()];
}

} // namespace

std::string nearest(std::string_view name, std::span<const std::string_view> candidates) {
    const std::u32string wanted = folded(name);
    if (wanted.empty() || wanted.size() > name_characters_max) return {};
    std::size_t best_distance = std::max<std::size_t>(1, wanted.size() / 3) + 1;
    std::string_view best;
    for (const std::string_view candidate : candidates) {
        const std::u32string other = folded(candidate);
        if (other.size() > wanted.size() + best_distance || wanted.size() > other.size() + best_distance) continue;
        // A replacement of everything is not a typing error.
        const std::size_t found = distance(wanted, other);
        if (found >= std::min(best_distance, std::max(wanted.size(), other.size()))) continue;
        best_distance = found;
        best = candidate;
    }
    return std::string(best);
}

} // namespace sekisho::policy
