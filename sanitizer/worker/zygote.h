// The parent of all workers of one kind. It holds no secret, reads no content, and forwards descriptors.
#pragma once

#include <algorithm>
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

// Where a worker works.
struct Workplace {
    const Descriptor& channel; // to its zygote
    std::string scratch;       // its own folder of memory, where its kind has one
};

// One kind of work.
struct Kind {
    Protocol protocol;
    // Runs once in the zygote, before anything is confined: load data files, open converters and fonts.
    void (*warm_up)();
    // Runs in the worker; returns the encoded answer. Never throws.
    Bytes (*work)(const Frame& question, const Workplace& place);
    // The answer for a worker that gave none.
    Bytes (*ended)(Verdict verdict, Reason reason);
    // Folders that a worker may read, where they are there; everything else is gone. Mostly none.
    std::span<const std::string_view> readable = {};
    // Size of the folder that each worker has for itself; 0: it writes no files. What is in it goes with the worker.
    std::uint64_t scratch_bytes = 0;
    std::uint32_t threads = 0; // that a worker may have beside its first
    // Completes a worker that is confined and has not been asked yet; one that fails ends. Mostly nothing.
    bool (*prepare)(const Workplace& place) = nullptr;
    bool may_convert = false; // a worker may ask the converter while it works
};

struct Options {
    std::uint32_t idle = 2;            // workers kept ready
    std::uint32_t parallel = 4;        // workers at work at a time; more questions wait
    std::uint32_t seconds = 60;        // wall time of one worker
    std::uint64_t memory = 1ULL << 30; // address space of one worker
    std::uint64_t bytes_out = 2ULL << 30;
};

// A document that takes longer to convert is refused before the job that it is a part of runs out of time itself.
constexpr std::uint32_t convert_seconds(std::uint32_t seconds) {
    return std::max(seconds * 2 / 3, 1U);
}
// An office suite maps more than a parser of ours does, most of it once for all workers.
inline constexpr std::uint64_t convert_memory = 3ULL << 30;

// What a worker, the zygote and the process that waits for the zygote may still do. A worker is below both its own and
// the zygote's. The escape tests run under exactly these.
Confinement worker_confinement(const Kind& kind, const Options& options, std::size_t place = 0);
Confinement zygote_confinement(const Kind& kind, const Options& options);
Confinement waiter_confinement(const Kind& kind, const Options& options);
std::vector<std::string> readable_folders(const Kind& kind);
// One for each worker that can be there at a time; none if the kind has none.
std::vector<Scratch> scratch_folders(const Kind& kind, const Options& options);

// Serves questions that arrive on `channel` until it closes. Does not return: ends the process. Writes one byte to
// `started`, if there is one, when everything is confined; closes it without if that is not possible. What workers ask
// of a converter goes to `converter`, the channel of its zygote or broker, where there is one (relay.h).
[[noreturn]] void run_zygote(const Kind& kind, const Options& options, Descriptor channel, Descriptor started = {},
                             Descriptor converter = {});

} // namespace sekisho::worker
