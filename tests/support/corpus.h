// Real files for tests: the folder that SEKISHO_CORPUS names, if it is set. Tests pass without it on samples of their
// own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes/bytes.h"
#include "sanitizer/core/job.h"

namespace sekisho::tests {

// Paths below the corpus folder whose name ends with `extension` (".pdf"; empty: all files), sorted.
std::vector<std::string> corpus_files(const std::string& extension);
// The first corpus file whose path contains `part`.
std::optional<std::string> corpus_file(const std::string& part);
Bytes read_whole(const std::string& path);

// A job's surroundings for a unit test of one format. `nested` refuses unless one is given.
struct Bench {
    explicit Bench(Level level = Level::rebuild, const Limits& limits = {}, SanitizeNested nested = nullptr);
    Budget budget;
    Report report;
    Context context;
    MemorySink out{1ULL << 30};

    bool found(Finding finding) const;
    // Runs a format on bytes of a detected type; the output is in `out`.
    Result<Type> run(Result<Type> (*format)(Job&), Type type, View input);
};

} // namespace sekisho::tests
