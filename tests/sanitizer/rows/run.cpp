#include "tests/sanitizer/rows/run.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <unistd.h>

#include "sanitizer/formats/formats.h"
#include "sanitizer/verify/verify.h"
#include "tests/sanitizer/convert/suite.h"

namespace sekisho::rows {

namespace {

namespace fs = std::filesystem;

std::string lower(std::string_view text) {
    std::string made(text);
    std::ranges::transform(made, made.begin(),
                           [](char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return made;
}

std::string output_of(const std::string& command, bool& good) {
    std::string output;
    std::array<char, 65536> buffer{};
    FILE* pipe = popen(command.c_str(), "r");
    if (!pipe) bug("no process could be started");
    while (const std::size_t count = fread(buffer.data(), 1, buffer.size(), pipe)) output.append(buffer.data(), count);
    good = pclose(pipe) == 0;
    return output;
}

// The confined workers of the gateway, started with the first document that asks for them.
class Conversions final : public Converter {
public:
    explicit Conversions(Budget& budget) : m_budget(budget) {}

    Result<> convert(const Source& in, Sink& out, const Conversion& conversion) override {
        if (!tests::Suite::is_installed()) bug("LibreOffice is not installed: rows of older documents need it");
        static tests::Suite suite;
        return suite.converter(m_budget).convert(in, out, conversion);
    }

private:
    Budget& m_budget;
};

} // namespace

bool Done::found(Finding finding) const {
    return std::ranges::any_of(entries, [&](const Entry& entry) { return entry.finding == finding; });
}

Done sanitized(View input, std::string_view name, const std::vector<std::string>& passwords,
               const std::vector<std::uint64_t>& parts, Level level) {
    const Limits limits;
    Budget budget(limits);
    Report report;
    Context context(level, budget, report, sanitize_file);
    context.give(passwords, parts);
    Conversions conversions(budget);
    context.use(conversions);
    MemorySink out(limits.bytes_out);
    Done done;
    const auto type = sanitize_file(MemorySource(input), out, name, context);
    done.entries = report.entries();
    done.omitted = report.omitted() > 0;
    if (!type) {
        done.refused = reason_of(type.error());
        return done;
    }
    done.type = *type;
    done.bytes = out.take();
    if (const auto good = verify::file(*type, MemorySource(done.bytes), limits); !good)
        done.refused = reason_of(good.error());
    return done;
}

bool Look::sees(std::string_view word) const {
    const std::string wanted = lower(word);
    std::string little, big;
    for (const char c : wanted) {
        little += {c, '\0'};
        big += {'\0', c};
    }
    return seen.find(wanted) != std::string::npos || seen.find(little) != std::string::npos ||
           seen.find(big) != std::string::npos;
}

Look look(View file, std::string_view kind, bool open) {
    const fs::path folder = fs::temp_directory_path() / fmt::format("sekisho-rows-{}", getpid());
    fs::create_directories(folder);
    const fs::path path = folder / fmt::format("file.{}", kind);
    const fs::path words = folder / "words";
    std::ofstream(path, std::ios::binary) << as_text(file);
    bool good = false;
    Look made;
    made.seen =
        lower(output_of(fmt::format("/usr/bin/python3 -B {}/tests/sanitizer/rows/look.py {} {} {} 2>{}",
                                    SEKISHO_SOURCE_DIR, kind, path.string(), open ? "" : "--only", words.string()),
                        good));
    if (!good) {
        std::ifstream said(words);
        made.problem.assign(std::istreambuf_iterator<char>(said), {});
        if (made.problem.empty()) made.problem = "it does not open";
    }
    fs::remove_all(folder);
    return made;
}

} // namespace sekisho::rows
