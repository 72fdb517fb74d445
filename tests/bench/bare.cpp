// `bench_bare DIRECTORY SAMPLE...`: what the samples cost without a gateway, and what the disk under DIRECTORY can do.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>

#include <fmt/format.h>

#include "base/descriptor/descriptor.h"
#include "tests/bench/bare.h"
#include "tests/bench/disk.h"

using namespace sekisho;

namespace {

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

void measure(const std::string& path, Bytes (*work)(const Bytes&), const char* what) {
    constexpr unsigned rounds = 7;
    const auto input = read_file(path, 64 << 20);
    if (!input) return;
    std::vector<double> wall;
    std::size_t size = 0;
    const double before = processor_seconds();
    for (unsigned i = 0; i < rounds; ++i) {
        const auto start = std::chrono::steady_clock::now();
        size = work(*input).size();
        wall.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    const double cpu = (processor_seconds() - before) * 1000 / rounds;
    std::ranges::sort(wall);
    fmt::print("{:<18} {:>10.2f} {:>10.2f}  {} ({} -> {} bytes)\n", std::filesystem::path(path).filename().string(),
               wall[rounds / 2], cpu, what, input->size(), size);
}

} // namespace

int main(int count, char** words) {
    if (count < 2) return 2;
    fmt::print("{:<18} {:>10} {:>10}\n", "bare, one process", "wall ms", "CPU ms");
    for (int i = 2; i < count; ++i) {
        const std::string path = words[i];
        if (path.ends_with(".docx")) measure(path, bench::bare_office, "unzip, expat, JPEG, zip");
        if (path.ends_with(".jpeg")) measure(path, bench::bare_jpeg, "decode, encode");
        if (path.ends_with(".pdf")) measure(path, bench::bare_pdf, "qpdf, streams anew");
    }
    fmt::print("\n{:<40} {:>10}\n", "disk: 10 KB, create+fsync+rename+fsync", "files/s");
    for (const unsigned threads : {1U, 4U, 16U})
        fmt::print("{:<40} {:>10.0f}\n", fmt::format("  {} thread{}", threads, threads == 1 ? "" : "s"),
                   bench::durable_rate(words[1], threads, 3000));
    return 0;
}
