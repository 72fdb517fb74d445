// One loaded signature database. Immutable; may be used by many threads at once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/descriptor/descriptor.h"
#include "sanitizer/worker/protocol.h"

struct cl_engine;

namespace sekisho::scan {

struct Options {
    std::string directory;                         // what freshclam fills, or our own test signatures
    std::string temporary;                         // libclamav unpacks into files here
    std::uint64_t largest_file = (2ULL << 30) - 2; // bytes; libclamav cannot do more
    std::uint64_t largest_scan = 4ULL << 30;       // bytes, everything unpacked
    std::uint32_t files = 100'000;                 // in one file
    std::uint32_t recursion = 16;
    std::uint32_t seconds = 120;
};

class Engine {
public:
    // fail "scan.failed" when the directory cannot be read, is damaged, or holds no signature.
    static Result<std::shared_ptr<const Engine>> load(const Options& options);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // Never "delivered" unless the whole file was looked at.
    worker::Scanned scan(const Descriptor& file) const;
    std::uint64_t signatures() const { return m_signatures; }
    // The newest modification time among the signature files, in Unix seconds.
    std::uint64_t version() const { return m_version; }

private:
    Engine() = default;
    cl_engine* m_engine = nullptr;
    Options m_options;
    std::uint64_t m_signatures = 0;
    std::uint64_t m_version = 0;
};

// Changes when a signature file is added, removed or written; 0 if the directory cannot be read.
std::uint64_t fingerprint_of(const std::string& directory);

} // namespace sekisho::scan
