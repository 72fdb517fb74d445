#include "sanitizer/formats/archive/names.h"

#include "sanitizer/name/name.h"

namespace sekisho::archive {

namespace {

constexpr std::size_t deepest_folder = 32, longest_path = 2048;

// "C:" as a step of its own, or before a step that goes up. Elsewhere the colon is just replaced.
bool is_drive(std::string_view step) {
    if (step.size() < 2 || step[1] != ':' || (step.size() > 2 && step.substr(2) != "..")) return false;
    return (step[0] >= 'A' && step[0] <= 'Z') || (step[0] >= 'a' && step[0] <= 'z');
}

bool is_litter(std::string_view file) {
    const std::string key = name_key(file);
    return key == ".ds_store" || key == "thumbs.db" || key == "desktop.ini" || file.starts_with("._");
}

// Steps between slashes of either kind. Empty steps, "." and drive letters go; ".." takes one back.
Result<std::vector<std::string>> resolve(std::string_view path, bool& changed) {
    std::vector<std::string> steps;
    bool first = true;
    while (!path.empty()) {
        const std::size_t slash = path.find_first_of("/\\");
        std::string_view step = path.substr(0, slash);
        changed |= slash != path.npos && path[slash] == '\\';
        path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
        if (first && is_drive(step)) {
            step.remove_prefix(2);
            changed = true;
        }
        first = false;
        if (step.empty() || step == ".") {
            changed = true;
            continue;
        }
        if (step != "..") {
            steps.emplace_back(step);
            continue;
        }
        changed = true;
        if (steps.empty()) return refuse(Reason::zip_traversal);
        steps.pop_back();
    }
    return steps;
}

} // namespace

Result<CleanPath> clean_path(std::string_view utf8, bool directory) {
    CleanPath path;
    const auto steps = TRY(resolve(utf8, path.changed));
    if (steps.size() > deepest_folder) return refuse(Reason::zip_name);
    const std::size_t folders = directory || steps.empty() ? steps.size() : steps.size() - 1;
    for (std::size_t i = 0; i < folders; ++i) {
        bool changed = false;
        path.litter |= steps[i] == "__MACOSX";
        path.folders += clean_file_name(steps[i], changed) + "/";
        path.changed |= changed;
    }
    if (path.folders.size() > longest_path) return refuse(Reason::zip_name);
    if (directory) return path;
    bool changed = false;
    const std::string_view last = steps.empty() ? std::string_view() : std::string_view(steps.back());
    path.litter |= is_litter(last);
    path.file = clean_file_name(last, changed);
    path.changed |= changed;
    return path;
}

void UniqueNames::add_folders(std::string_view folders) {
    for (std::size_t slash = folders.find('/'); slash != folders.npos; slash = folders.find('/', slash + 1))
        m_taken.insert(name_key(folders.substr(0, slash)));
}

bool UniqueNames::take_folder(const std::string& folders) {
    return m_written_folders.insert(name_key(folders)).second;
}

std::string UniqueNames::take(const std::string& folders, const std::string& file, bool& changed) {
    constexpr std::size_t longest_file = 255;
    if (m_taken.insert(name_key(folders + file)).second) return file;
    changed = true;
    const std::size_t dot = file.rfind('.');
    const std::string extension = dot == file.npos || dot == 0 ? std::string() : file.substr(dot);
    const std::string stem = file.substr(0, file.size() - extension.size());
    std::uint32_t& number = m_next[name_key(folders + file)];
    for (;;) {
        ++number;
        const std::string suffix = " (" + std::to_string(number + 1) + ")" + extension;
        const std::string numbered = cut_file_name(stem, longest_file - suffix.size()) + suffix;
        if (m_taken.insert(name_key(folders + numbered)).second) return numbered;
    }
}

} // namespace sekisho::archive
