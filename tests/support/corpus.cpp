#include "tests/support/corpus.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace sekisho::tests {

namespace {

Result<Type> refuse_nested(const Source&, Sink&, std::string_view, Context&) {
    return refuse(Reason::type_unsupported);
}

} // namespace

std::vector<std::string> corpus_files(const std::string& extension) {
    std::vector<std::string> found;
    const char* root = std::getenv("SEKISHO_CORPUS");
    if (!root || !std::filesystem::is_directory(root)) return found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
        if (entry.is_regular_file() && entry.path().string().ends_with(extension))
            found.push_back(entry.path().string());
    std::ranges::sort(found);
    return found;
}

std::optional<std::string> corpus_file(const std::string& part) {
    for (const std::string& path : corpus_files(""))
        if (path.find(part) != std::string::npos) return path;
    return std::nullopt;
}

Bytes read_whole(const std::string& path) {
    auto bytes = read_file(path, 1ULL << 30);
    if (!bytes) bug(to_line(bytes.error()));
    return std::move(*bytes);
}

Bench::Bench(Level level, const Limits& limits, SanitizeNested nested)
    : budget(limits), context(level, budget, report, nested ? nested : refuse_nested) {}

bool Bench::found(Finding finding) const {
    return std::ranges::any_of(report.entries(), [&](const Entry& entry) { return entry.finding == finding; });
}

Result<Type> Bench::run(Result<Type> (*format)(Job&), Type type, View input) {
    const MemorySource source(input);
    Job job{source, out, type, context};
    return format(job);
}

} // namespace sekisho::tests
