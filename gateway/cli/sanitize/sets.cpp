#include "gateway/cli/sanitize/sets.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <tuple>

#include "sanitizer/name/name.h"
#include "sanitizer/name/part.h"
#include "sanitizer/worker/protocol.h"

namespace sekisho::cli {

namespace fs = std::filesystem;

namespace {

// Folder, kind of set, name of the whole without regard to case.
using Key = std::tuple<std::string, PartName::Kind, std::string>;
using Numbered = std::map<std::uint32_t, std::size_t>; // from the part's number to its input

std::string key_of_name(const fs::path& path) {
    return name_key(path.filename().string());
}

// Any program may number its files: only what starts like an archive is one that was cut in pieces.
bool starts_like_archive(const std::string& path) {
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
    const auto file = open_read_only(path);
    Bytes first(8);
    if (!file) return false;
    const auto count = read_at(*file, 0, first);
    if (!count) return false;
    first.resize(*count);
    return std::ranges::any_of(starts, [&](std::string_view start) { return starts_with(first, start); });
}

// The part that is called like the whole: the last of a ZIP, the first of an older RAR.
void add_whole(const Key& key, const std::vector<Input>& inputs, Numbered& parts) {
    const auto& [folder, kind, whole] = key;
    if (kind != PartName::Kind::zip && kind != PartName::Kind::older_rar) return;
    const std::uint32_t number = kind == PartName::Kind::zip ? parts.rbegin()->first + 1 : 1;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const fs::path path(inputs[i].path);
        if (path.parent_path().string() == folder && key_of_name(path) == whole) parts.emplace(number, i);
    }
}

bool is_complete(const Key& key, const std::vector<Input>& inputs, const Numbered& parts) {
    if (parts.size() < 2 || parts.size() > worker::Sanitize::most_parts || parts.begin()->first != 1 ||
        parts.rbegin()->first != parts.size())
        return false;
    const auto& [folder, kind, whole] = key;
    if (kind == PartName::Kind::zip) return key_of_name(inputs[parts.rbegin()->second].path) == whole;
    return kind != PartName::Kind::numbered || starts_like_archive(inputs[parts.begin()->second].path);
}

} // namespace

std::vector<Input> join_sets(std::vector<Input> inputs) {
    std::map<Key, Numbered> sets;
    std::map<Key, std::string> wholes;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const fs::path path(inputs[i].path);
        const auto part = part_name(path.filename().string());
        if (!part) continue;
        const Key key{path.parent_path().string(), part->kind, name_key(part->whole)};
        sets[key].emplace(part->number, i);
        wholes.emplace(key, part->whole);
    }
    std::vector<bool> joined(inputs.size());
    std::vector<Input> all = inputs;
    for (auto& [key, parts] : sets) {
        add_whole(key, inputs, parts);
        if (!is_complete(key, inputs, parts)) continue;
        Input& first = all[parts.begin()->second];
        for (const auto& [number, index] : parts) {
            first.parts.push_back(inputs[index].path);
            joined[index] = number != 1;
        }
        first.relative = (fs::path(first.relative).parent_path() / wholes[key]).string();
    }
    std::vector<Input> kept;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!joined[i]) kept.push_back(std::move(all[i]));
    return kept;
}

} // namespace sekisho::cli
