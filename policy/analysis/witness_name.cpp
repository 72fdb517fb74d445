#include <algorithm>

#include "policy/analysis/witness.h"
#include "policy/engine/glob.h"

namespace sekisho::policy {

namespace {

constexpr std::size_t candidates_max = 2000;

std::string filled(std::string_view glob, std::string_view star) {
    std::string out;
    for (const char c : glob) {
        if (c == '*')
            out += star;
        else
            out += c == '?' ? 'x' : c;
    }
    return out;
}

std::size_t right(const std::string& name, const std::vector<std::pair<std::string, bool>>& globs) {
    const auto folded = FoldedName::of(name);
    if (!folded || name.empty()) return 0;
    std::size_t right = 0;
    for (const auto& [pattern, shall] : globs) {
        const auto glob = folded_glob(pattern);
        if (glob && glob_matches(*glob, folded->text()) == shall) ++right;
    }
    return right;
}

// A name of each pattern; names that begin as one and end as another.
std::vector<std::string> candidates(const std::vector<std::pair<std::string, bool>>& globs) {
    std::vector<std::string> out{"document", "資料.pdf", "q"};
    for (const auto& [glob, shall] : globs)
        for (const std::string_view star : {"", "x", "資料"}) out.push_back(filled(glob, star));
    for (const auto& [first, a] : globs) {
        for (const auto& [second, b] : globs) {
            if (out.size() >= candidates_max) return out;
            const std::string_view head = std::string_view(first).substr(0, first.rfind('*'));
            const std::size_t star = second.find('*');
            const std::string_view tail = std::string_view(second).substr(star == std::string::npos ? 0 : star + 1);
            out.push_back(filled(head, "x") + filled(tail, "x"));
        }
    }
    return out;
}

} // namespace

std::string name_matching(const std::vector<std::pair<std::string, bool>>& globs) {
    const auto names = candidates(globs);
    return *std::ranges::max_element(names, {}, [&](const std::string& name) { return right(name, globs); });
}

} // namespace sekisho::policy
