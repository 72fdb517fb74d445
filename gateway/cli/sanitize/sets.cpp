#include "gateway/cli/sanitize/sets.h"

#include <filesystem>
#include <map>

#include "sanitizer/name/part.h"
#include "sanitizer/worker/protocol.h"

namespace sekisho::cli {

namespace fs = std::filesystem;

namespace {

bool is_archive(const std::string& path) {
    const auto file = open_read_only(path);
    Bytes first(8);
    if (!file) return false;
    const auto count = read_at(*file, 0, first);
    return count && starts_like_archive(View(first).first(*count));
}

struct Folder {
    std::vector<std::size_t> places; // among all inputs
    std::vector<std::string> names;
};

} // namespace

std::vector<Input> join_sets(std::vector<Input> inputs) {
    std::map<std::string, Folder> folders;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const fs::path path(inputs[i].path);
        Folder& folder = folders[path.parent_path().string()];
        folder.places.push_back(i);
        folder.names.push_back(path.filename().string());
    }
    std::vector<bool> joined(inputs.size());
    std::vector<Input> all = inputs;
    for (const auto& [path, folder] : folders) {
        const auto starts = [&](std::size_t place) { return is_archive(inputs[folder.places[place]].path); };
        for (const PartSet& set : part_sets(folder.names, worker::Sanitize::most_parts, starts)) {
            Input& first = all[folder.places[set.parts.front()]];
            for (const std::size_t place : set.parts) {
                first.parts.push_back(inputs[folder.places[place]].path);
                joined[folder.places[place]] = place != set.parts.front();
            }
            first.relative = (fs::path(first.relative).parent_path() / set.whole).string();
        }
    }
    std::vector<Input> kept;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (!joined[i]) kept.push_back(std::move(all[i]));
    return kept;
}

} // namespace sekisho::cli
