// What `sekisho up` does.
#pragma once

#include <chrono>
#include <string>

#include "base/error/error.h"

namespace sekisho::launch {

struct Options {
    std::string settings;
    bool isolate = false; // each zone in a network namespace of its own
    std::string programs; // folder of the sekisho-* programs; empty: where this one is
    // Between two starts of a process that keeps dying. Crash tests shorten it: they kill faster than it forgives.
    std::chrono::milliseconds longest_pause{5000};
};

// Prepares the ground, starts everything, and comes back when everything has ended. fail "launch.*";
// reject "not-permitted" unless it is root, "launch.busy" if the run directory is in use.
Result<> run(const Options& options);

} // namespace sekisho::launch
