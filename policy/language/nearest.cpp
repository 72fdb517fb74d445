#include "policy/language/nearest.h"

#include <algorithm>

#include "base/text/edit_distance.h"
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
        const std::size_t found = edit_distance(wanted, other);
        if (found >= std::min(best_distance, std::max(wanted.size(), other.size()))) continue;
        best_distance = found;
        best = candidate;
    }
    return std::string(best);
}

} // namespace sekisho::policy
