// What the disk can do, to compare with.
#pragma once

#include <string>

namespace sekisho::bench {

inline constexpr std::size_t small_file = 10'000; // bytes

// Small files per second: create, write, fsync, rename, fsync of the directory.
double durable_rate(const std::string& directory, unsigned threads, unsigned files);

} // namespace sekisho::bench
