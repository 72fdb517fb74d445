// The parts that every file meets, whatever it is.
#include <benchmark/benchmark.h>
#include <sys/epoll.h>

#include "gateway/audit/merkle.h"
#include "gateway/protocol/ledger.h"
#include "gateway/ticket/ticket.h"
#include "policy/engine/engine.h"
#include "sanitizer/worker/pool.h"
#include "tests/bench/hand_off.h"

namespace sekisho::bench {

namespace {

constexpr std::int64_t the_time = 1'800'000'000;

policy::Policy standard_policy() {
    policy::Vocabulary known;
    for (const TypeRow& row : all_types())
        if (row.type != Type::unknown) known.types.push_back({row.name, name_of(row.family)});
    for (const FindingRow& row : all_findings())
        if (row.finding != Finding::none) known.findings.push_back(row.code);
    const auto source = read_file(SEKISHO_SOURCE_DIR "/policy/profiles/default.sekisho", 1 << 20);
    if (!source) bug("the standard policy cannot be read");
    auto loaded = policy::Policy::load(as_text(*source), known);
    if (!loaded) bug("the standard policy is broken");
    return std::move(*loaded);
}

void policy_decide(benchmark::State& state) {
    const policy::Policy policy = standard_policy();
    const std::vector<std::string> groups{"tax"};
    policy::Request request;
    request.from = "internet";
    request.to = "lgwan";
    request.sender = "p-0001";
    request.sender_groups = groups;
    request.type = "docx";
    request.size = 20'000;
    request.findings = std::span<const std::string_view>();
    request.archive_depth = 0;
    request.minute = 600;
    for (auto _ : state) benchmark::DoNotOptimize(policy.decide(request));
}
BENCHMARK(policy_decide);

ledger::Complete whole_result() {
    ledger::Complete message;
    for (const Stage stage : {Stage::scan, Stage::sanitize, Stage::verify}) {
        StageReceipt receipt;
        receipt.stage = stage;
        receipt.verdict = Verdict::delivered;
        receipt.findings.resize(stage == Stage::sanitize ? 8 : 0);
        message.receipts.push_back(receipt);
    }
    message.has_ticket = true;
    message.ticket.zone_from = "internet";
    message.ticket.zone_to = "lgwan";
    return message;
}

void codec_encode(benchmark::State& state) {
    const auto message = whole_result();
    for (auto _ : state) benchmark::DoNotOptimize(encode(message));
}
BENCHMARK(codec_encode);

void codec_decode(benchmark::State& state) {
    const Bytes bytes = encode(whole_result());
    for (auto _ : state) benchmark::DoNotOptimize(decode<ledger::Complete>(bytes));
}
BENCHMARK(codec_decode);

void merkle_append(benchmark::State& state) {
    const Bytes record(300, 0x41);
    audit::Frontier tree;
    for (auto _ : state) {
        tree.append(audit::leaf_hash(record));
        benchmark::DoNotOptimize(tree.root());
    }
}
BENCHMARK(merkle_append);

void ticket_sign(benchmark::State& state) {
    const SigningKey key = SigningKey::generate();
    Ticket ticket = whole_result().ticket;
    for (auto _ : state) sign_ticket(ticket, key);
}
BENCHMARK(ticket_sign);

void ticket_check(benchmark::State& state) {
    const SigningKey key = SigningKey::generate();
    const PublicKey known = key.public_key();
    Ticket ticket = whole_result().ticket;
    ticket.not_after = the_time + 60;
    sign_ticket(ticket, key);
    for (auto _ : state)
        if (!check_ticket(ticket, known, the_time)) state.SkipWithError("the ticket does not hold");
}
BENCHMARK(ticket_check);

} // namespace

// From a sealed memory file in hand to the answer of a throw-away worker that did nothing.
void hand_off(benchmark::State& state, worker::Pool& pool, Loop& loop) {
    const auto file = make_memory_file("sample");
    if (!file || !write_all(*file, Bytes(10'000, 0x41)) || !seal(*file)) return state.SkipWithError("no memory file");
    const int number = file->get();
    const Bytes question = encode(worker::Verify{});
    for (auto _ : state) {
        bool answered = false;
        pool.submit(question, std::span(&number, 1), [&](Result<Frame> frame) {
            answered = frame.has_value();
            loop.stop();
        });
        if (!loop.run() || !answered) state.SkipWithError("no answer");
    }
}

} // namespace sekisho::bench
