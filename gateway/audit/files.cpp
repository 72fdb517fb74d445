#include "gateway/audit/log.h"

#include <algorithm>
#include <filesystem>

namespace sekisho::audit {

namespace {
constexpr std::string_view checkpoint_start = "sekisho audit log\n";
constexpr std::size_t longest_line = 16 * 1024;
} // namespace

Result<std::vector<std::string>> segments_of(const std::string& directory) {
    std::vector<std::string> paths;
    std::error_code broken;
    for (const auto& entry : std::filesystem::directory_iterator(directory, broken)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with("records-") && name.ends_with(".log")) paths.push_back(entry.path().string());
    }
    if (broken) return fail("audit.unreadable", broken.message(), directory);
    std::ranges::sort(paths);
    return paths;
}

Result<std::uint64_t> for_each_line(const std::string& path,
                                    const std::function<Result<>(std::string_view, std::uint64_t)>& take) {
    const Descriptor file = TRY(open_read_only(path));
    Bytes buffer(1 << 20);
    std::uint64_t offset = 0; // of the first byte in the buffer
    for (;;) {
        const std::size_t count = TRY(read_at(file, offset, buffer));
        std::string_view text = as_text(View(buffer).first(count));
        std::size_t used = 0;
        for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', used)) {
            TRY(take(text.substr(used, end - used), offset + used));
            used = end + 1;
        }
        if (used == 0 && count > longest_line) return reject("audit.damaged", "a line is too long", path);
        if (used == 0) return offset;
        offset += used;
    }
}

Result<std::vector<std::string>> checkpoints_of(const std::string& directory) {
    std::vector<std::string> texts;
    const std::string path = directory + "/checkpoints";
    if (!std::filesystem::exists(path)) return texts;
    const Bytes bytes = TRY(read_file(path, 1ULL << 30));
    std::string_view rest = as_text(bytes);
    while (!rest.empty()) {
        const std::size_t next = rest.find(checkpoint_start, 1);
        texts.emplace_back(rest.substr(0, next));
        rest.remove_prefix(std::min(next, rest.size()));
    }
    return texts;
}

} // namespace sekisho::audit
