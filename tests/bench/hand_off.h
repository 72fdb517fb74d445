// The hand-off to a worker needs a zygote, which is forked before anything else runs.
#pragma once

#include <benchmark/benchmark.h>

#include "sanitizer/worker/pool.h"

namespace sekisho::bench {

void hand_off(benchmark::State& state, worker::Pool& pool, Loop& loop);

} // namespace sekisho::bench
