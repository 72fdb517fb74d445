#include "tests/bench/disk.h"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "base/bytes/bytes.h"

namespace sekisho::bench {

namespace {

void make_durable(const std::string& directory, int folder, unsigned number, const Bytes& content) {
    const std::string draft = fmt::format("{}/{}.new", directory, number);
    const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool written = file >= 0 &&
                         ::write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()) &&
                         fsync(file) == 0;
    ::close(file);
    if (!written || rename(draft.c_str(), fmt::format("{}/{}", directory, number).c_str()) != 0 || fsync(folder) != 0)
        bug("the disk cannot be written");
}

} // namespace

double durable_rate(const std::string& directory, unsigned threads, unsigned files) {
    const std::string place = directory + "/durable";
    std::filesystem::create_directories(place);
    const int folder = ::open(place.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const Bytes content(small_file, 0x5A);
    std::atomic<unsigned> next = 0;
    const auto start = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> workers;
        for (unsigned i = 0; i < threads; ++i)
            workers.emplace_back([&] {
                for (unsigned number = next++; number < files; number = next++)
                    make_durable(place, folder, number, content);
            });
    }
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    ::close(folder);
    std::filesystem::remove_all(place);
    return files / passed.count();
}

} // namespace sekisho::bench
