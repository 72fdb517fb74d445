#include "policy/engine/glob.h"

#include <algorithm>

#include "policy/language/syntax.h"
#include "policy/language/unicode.h"

namespace sekisho::policy {

namespace {

char32_t lower(char32_t code) {
    return code >= U'A' && code <= U'Z' ? code - U'A' + U'a' : code;
}

} // namespace

std::optional<FoldedName> FoldedName::of(std::string_view name) {
    FoldedName out;
    const auto size = compose(name, out.m_text);
    if (!size) return std::nullopt;
    out.m_size = *size;
    std::ranges::transform(out.m_text, out.m_text.begin(), lower);
    return out;
}

std::optional<std::u32string> folded_glob(std::string_view pattern) {
    std::u32string out;
    for (std::size_t at = 0; at < pattern.size();) {
        const Character character = character_at(pattern, at);
        if (!character.valid || out.size() == glob_characters_max) return std::nullopt;
        out += lower(character.code);
        at += character.size;
    }
    const auto stars = static_cast<std::size_t>(std::ranges::count(out, U'*'));
    if (out.empty() || stars > glob_stars_max) return std::nullopt;
    return out;
}

// After a star, only the last one is ever tried again: time is at most the product of the lengths.
bool glob_matches(std::u32string_view pattern, std::u32string_view name) {
    std::size_t at = 0;
    std::size_t star = std::u32string_view::npos; // behind the last star
    std::size_t taken = 0;                        // where in the name that star ends
    for (std::size_t i = 0; i < name.size();) {
        if (at < pattern.size() && pattern[at] == U'*') {
            star = ++at;
            taken = i;
        } else if (at < pattern.size() && (pattern[at] == U'?' || pattern[at] == name[i])) {
            ++at;
            ++i;
        } else if (star != std::u32string_view::npos) {
            at = star;
            i = ++taken;
        } else {
            return false;
        }
    }
    while (at < pattern.size() && pattern[at] == U'*') ++at;
    return at == pattern.size();
}

} // namespace sekisho::policy
