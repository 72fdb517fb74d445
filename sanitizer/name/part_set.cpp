#include <algorithm>
#include <array>
#include <map>

#include "sanitizer/name/name.h"
#include "sanitizer/name/part.h"

namespace sekisho {

namespace {

using Key = std::pair<PartName::Kind, std::string>;    // with the whole's name without regard to case
using Numbered = std::map<std::uint32_t, std::size_t>; // from the part's number to its place

// The part that is called like the whole: the last of a ZIP, the first of an older RAR.
void add_whole(const Key& key, std::span<const std::string> names, Numbered& parts) {
    const auto& [kind, whole] = key;
    if (kind != PartName::Kind::zip && kind != PartName::Kind::older_rar) return;
    const std::uint32_t number = kind == PartName::Kind::zip ? parts.rbegin()->first + 1 : 1;
    for (std::size_t i = 0; i < names.size(); ++i)
        if (name_key(names[i]) == whole) parts.emplace(number, i);
}

bool is_complete(const Key& key, std::span<const std::string> names, const Numbered& parts) {
    if (parts.size() < 2 || parts.begin()->first != 1 || parts.rbegin()->first != parts.size()) return false;
    return key.first != PartName::Kind::zip || name_key(names[parts.rbegin()->second]) == key.second;
}

} // namespace

std::vector<PartSet> part_sets(std::span<const std::string> names, std::size_t most,
                               const std::function<bool(std::size_t)>& is_archive) {
    std::map<Key, Numbered> found;
    std::map<Key, std::string> wholes;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto part = part_name(names[i]);
        if (!part) continue;
        const Key key{part->kind, name_key(part->whole)};
        found[key].emplace(part->number, i);
        wholes.emplace(key, part->whole);
    }
    std::vector<PartSet> sets;
    for (auto& [key, parts] : found) {
        add_whole(key, names, parts);
        if (!is_complete(key, names, parts) || parts.size() > most) continue;
        if (key.first == PartName::Kind::numbered && !is_archive(parts.begin()->second)) continue;
        PartSet set{wholes[key], {}};
        for (const auto& [number, place] : parts) set.parts.push_back(place);
        sets.push_back(std::move(set));
    }
    return sets;
}

bool starts_like_archive(View start) {
    using namespace std::string_view_literals;
    constexpr std::array starts{"PK\3\4"sv,
                                "PK\7\b"sv,
                                "PK00"sv,
                                "7z\xbc\xaf\x27\x1c"sv,
                                "Rar!\x1a\x07"sv,
                                "MSCF"sv,
                                "\x1f\x8b\x08"sv,
                                "BZh"sv,
                                "\xfd"
                                "7zXZ\0"sv,
                                "\x28\xb5\x2f\xfd"sv};
    return std::ranges::any_of(starts, [&](std::string_view one) { return starts_with(start, one); });
}

} // namespace sekisho
