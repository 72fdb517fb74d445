// Google Benchmark over detection, every format's rebuild and every verifier; the hand-off to a worker needs root.
#include <benchmark/benchmark.h>

#include "sanitizer/formats/formats.h"
#include "sanitizer/verify/verify.h"
#include "tests/bench/hand_off.h"
#include "tests/bench/samples.h"

using namespace sekisho;

namespace {

constexpr std::uint64_t most_bytes = 256 << 20;

Result<Bytes> rebuild(const bench::Named& sample) {
    const MemorySource in(sample.bytes);
    Budget budget{Limits()};
    Report report;
    Context context(Level::rebuild, budget, report, sanitize_file);
    MemorySink out(most_bytes);
    TRY(sanitize_as(sample.type, in, out, context));
    return out.take();
}

void measure_detect(benchmark::State& state, const bench::Named& sample) {
    const MemorySource in(sample.bytes);
    for (auto _ : state) {
        Budget budget{Limits()};
        const auto type = detect(in, sample.name == "csv" ? "a.csv" : "a", budget);
        if (!type || *type != sample.type) state.SkipWithError("another type was found");
    }
}

void measure_rebuild(benchmark::State& state, const bench::Named& sample) {
    for (auto _ : state)
        if (const auto out = rebuild(sample); !out) state.SkipWithError(to_line(out.error()).c_str());
    state.SetBytesProcessed(static_cast<std::int64_t>(sample.bytes.size()) * state.iterations());
}

void measure_verify(benchmark::State& state, const bench::Named& sample) {
    const auto out = rebuild(sample);
    if (!out) return state.SkipWithError(to_line(out.error()).c_str());
    const MemorySource in(*out);
    const Limits limits;
    for (auto _ : state)
        if (const auto good = verify::file(sample.type, in, limits); !good)
            state.SkipWithError(to_line(good.error()).c_str());
    state.SetBytesProcessed(static_cast<std::int64_t>(out->size()) * state.iterations());
}

// A worker that does nothing: what is left is the isolation itself.
Bytes do_nothing(const Frame&, const worker::Workplace&) {
    return encode(worker::Verified{});
}
Bytes ended(Verdict, Reason) {
    return encode(worker::Verified{});
}
constexpr worker::Kind idle_kind{worker::verify_protocol, [] {}, do_nothing, ended};

Result<std::unique_ptr<worker::Pool>> start_pool(Loop& loop) {
    auto pool = TRY(worker::Pool::start(idle_kind, worker::Options()));
    TRY(pool->attach(loop, [] {}));
    return pool;
}

} // namespace

int main(int count, char** words) {
    auto loop = Loop::create();
    if (!loop) return 1;
    const auto pool = start_pool(*loop);
    warm_up();
    const auto samples = bench::part_samples();
    for (const auto& sample : samples) {
        benchmark::RegisterBenchmark(("detect/" + sample.name).c_str(), measure_detect, sample);
        benchmark::RegisterBenchmark(("rebuild/" + sample.name).c_str(), measure_rebuild, sample);
        benchmark::RegisterBenchmark(("verify/" + sample.name).c_str(), measure_verify, sample);
    }
    if (pool)
        benchmark::RegisterBenchmark("hand_off",
                                     [&](benchmark::State& state) { bench::hand_off(state, **pool, *loop); });
    benchmark::Initialize(&count, words);
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
