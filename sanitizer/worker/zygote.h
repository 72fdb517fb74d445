// The parent of all workers of one kind. It holds no secret, reads no content, and forwards descriptors.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/confine/confine.h"
#include "base/ipc/frame.h"
#include "sanitizer/catalogue/catalogue.h"
#include "sanitizer/worker/protocol.h"

namespace sekisho::worker {

// One kind of work.
struct Kind {
    Protocol protocol;
    // Runs once in the zygote, before anything is confined: load data files, open converters and fonts.
    void (*warm_up)();
    // Runs in the worker; returns the encoded answer. Never throws.
    Bytes (*work)(const Frame& question);
    // The answer for a worker that gave none.
    Bytes (*ended)(Verdict verdict, Reason reason);
    // Folders that a worker may read, where they are there; everything else is gone. Mostly none.
    std::span<const std::string_view> readable = {};
};

struct Options {
    std::uint32_t idle = 2;            // workers kept ready
    std::uint32_t parallel = 4;        // workers at work at a time; more questions wait
    std::uint32_t seconds = 60;        // wall time of one worker
    std::uint64_t memory = 1ULL << 30; // address space of one worker
    std::uint64_t bytes_out = 2ULL << 30;
};

// What a worker, the zygote and the process that waits for the zygote may still do. A worker is below both its own and
// the zygote's. The escape tests run under exactly these.
Confinement worker_confinement(const Kind& kind, const Options& options);
Confinement zygote_confinement(const Kind& kind, const Options& options);
Confinement waiter_confinement(const Kind& kind, const Options& options);
std::vector<std::string> readable_folders(const Kind& kind);

// Serves questions that arrive on `channel` until it closes. Does not return: ends the process. Writes one byte to
// `started`, if there is one, when everything is confined; closes it without if that is not possible.
[[noreturn]] void run_zygote(const Kind& kind, const Options& options, Descriptor channel, Descriptor started = {});

} // namespace sekisho::worker
