#include "gateway/cli/policy/files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <unistd.h>

#include "base/descriptor/descriptor.h"
#include "gateway/cli/arguments.h"
#include "policy/language/parser.h"

namespace sekisho::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view standard_input = "-";

std::string either(const char* english, const char* japanese) {
    return speaks_japanese() ? japanese : english;
}

Result<std::string> read_input() {
    std::string text;
    std::array<std::uint8_t, 65536> piece{};
    const Descriptor input = TRY(Descriptor(STDIN_FILENO).duplicate());
    while (text.size() <= policy::source_bytes_max) {
        const std::size_t count = TRY(read_some(input, piece));
        if (count == 0) break;
        text += as_text(View(piece).first(count));
    }
    return text;
}

// Adds what the last files include, until nothing is new. Loading judges depth and repetition.
void follow_includes(PolicyFiles& files, const fs::path& folder) {
    for (std::size_t i = 0; i < files.sources.size() && files.sources.size() < policy::sources_max; ++i) {
        policy::Problems ignored;
        const policy::Source source(files.sources[i].name, files.sources[i].text);
        const policy::Tree tree = policy::parse(source, ignored);
        for (const policy::Include& include : tree.includes) {
            const std::string& name = include.file.text;
            const bool known = std::ranges::find(files.sources, name, &policy::SourceText::name) != files.sources.end();
            if (known || !policy::is_file_name(name) || files.sources.size() >= policy::sources_max) continue;
            auto text = read_source(folder / name);
            if (!text) continue;
            files.sources.push_back({name, *text});
            files.shown.push_back({(folder / name).string(), std::move(*text)});
        }
    }
}

} // namespace

Result<std::string> read_source(const std::string& path) {
    if (path == standard_input) return read_input();
    auto bytes = read_file(path, policy::sources_bytes_max);
    if (!bytes) {
        std::error_code ignored;
        const auto status = fs::status(path, ignored);
        if (!fs::exists(status))
            return fail("file.policy", either("there is no such file", "ファイルがありません"), path);
        if (fs::is_directory(status))
            return fail("file.policy", either("this is a folder, not a file", "ファイルではなくフォルダです"), path);
        return std::unexpected(bytes.error());
    }
    bytes->resize(std::min(bytes->size(), policy::source_bytes_max + 1));
    return std::string(as_text(*bytes));
}

Result<PolicyFiles> read_policy(const std::string& path) {
    const bool input = path == standard_input;
    const fs::path file(path);
    PolicyFiles files;
    files.path = path;
    files.sources.push_back({input ? "policy.sekisho" : file.filename().string(), TRY(read_source(path))});
    files.shown.push_back({input ? "-" : path, files.sources.front().text});
    follow_includes(files, input ? fs::path() : file.parent_path());
    return files;
}

} // namespace sekisho::cli
