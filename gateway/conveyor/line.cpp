#include "gateway/conveyor/line.h"

#include <algorithm>
#include <array>
#include <thread>
#include <utility>

#include "gateway/protocol/verifier.h"

namespace sekisho::conveyor {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds lease_patience{40}; // the ledger answers "nothing" after 25 s
constexpr std::chrono::milliseconds first_pause{50};
constexpr std::chrono::milliseconds longest_pause{1'000};

void set_verdict(StageReceipt& receipt, Verdict verdict, Reason reason) {
    receipt.verdict = verdict;
    receipt.reason = verdict == Verdict::delivered ? Reason::none : reason;
}

// A stage that could not be asked, or whose answer cannot be believed.
void set_failed(StageReceipt& receipt, const Error& error) {
    const Reason missing = receipt.stage == Stage::scan ? Reason::scan_failed : Reason::worker_unavailable;
    set_verdict(receipt, Verdict::failed, error.code == "ipc.malformed" ? Reason::worker_lied : missing);
}

std::uint32_t microseconds_since(Clock::time_point start) {
    const auto passed = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count();
    return static_cast<std::uint32_t>(std::min<long long>(passed, UINT32_MAX));
}

} // namespace

struct Line::Work {
    ledger::Leased lease;
    Descriptor input;
    Descriptor output; // staged by the ledger; read-only
    StageReceipt scan;
    StageReceipt sanitize;
    StageReceipt verify;
    bool verified = false; // the verify stage ran
    Ticket ticket;
    bool has_ticket = false;
    Clock::time_point scan_started;
};

Line::Line(const Options& options)
    : m_options(options), m_ledger(options.peers.ledger), m_store(options.peers.ledger),
      m_scanner(options.peers.scanner), m_sanitizer(options.peers.sanitizer), m_verifier(options.peers.verifier) {}

void Line::run(const std::atomic<bool>& stopping) {
    std::chrono::milliseconds pause = first_pause;
    while (!stopping) {
        if (run_once()) {
            pause = first_pause;
            continue;
        }
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, longest_pause);
    }
}

Result<> Line::reach_stages() {
    for (Client* stage : {&m_scanner, &m_sanitizer, &m_verifier}) {
        const auto reached = stage->reach();
        if (!reached && !std::exchange(m_stages_are_missing, true)) m_options.stages_changed(&reached.error());
        TRY(reached);
    }
    if (std::exchange(m_stages_are_missing, false)) m_options.stages_changed(nullptr);
    return {};
}

Result<> Line::run_once() {
    TRY(reach_stages());
    return convey();
}

Result<> Line::convey() {
    Work work;
    std::vector<Descriptor> received;
    work.lease = TRY(m_ledger.call<ledger::Leased>(ledger::Lease{}, {}, &received, lease_patience));
    if (work.lease.nothing) return {};
    if (received.size() != 1) return reject("ipc.malformed", "a lease without its file");
    work.input = std::move(received.front());
    ask_for_scan(work);
    sanitize(work);
    await_scan(work);
    if (work.scan.verdict == Verdict::delivered && work.sanitize.verdict == Verdict::delivered) verify(work);
    return report(work);
}

void Line::ask_for_scan(Work& work) {
    work.scan.stage = Stage::scan;
    work.scan.digest_in = work.scan.digest_out = work.lease.digest;
    work.scan.bytes_in = work.scan.bytes_out = work.lease.size;
    work.scan.level = work.lease.level;
    work.scan_started = Clock::now();
    const int input = work.input.get();
    const auto asked = m_scanner.ask(worker::Scan{}, std::span(&input, 1));
    if (!asked) set_failed(work.scan, asked.error());
}

void Line::await_scan(Work& work) {
    if (work.scan.reason != Reason::none) return; // it could not even be asked
    const auto scanned = m_scanner.await<worker::Scanned>(nullptr, m_options.deadlines.scan);
    work.scan.wall_microseconds = microseconds_since(work.scan_started);
    if (!scanned) return set_failed(work.scan, scanned.error());
    work.scan.engine_version = scanned->database_version;
    set_verdict(work.scan, scanned->verdict, scanned->reason);
}

void Line::sanitize(Work& work) {
    StageReceipt& receipt = work.sanitize;
    receipt.stage = Stage::sanitize;
    receipt.digest_in = work.lease.digest;
    receipt.bytes_in = work.lease.size;
    receipt.level = work.lease.level;
    const auto started = Clock::now();
    auto pipe = make_pipe();
    if (!pipe) return set_failed(receipt, pipe.error());

    const int read_end = pipe->read_end.get();
    const auto storing = m_store.ask(ledger::StoreOutput{work.lease.id, work.lease.epoch, m_options.limits.bytes_out},
                                     std::span(&read_end, 1));
    if (!storing) return set_failed(receipt, storing.error());
    pipe->read_end.close();

    const std::array<int, 2> passed{work.input.get(), pipe->write_end.get()};
    const auto asked = m_sanitizer.ask(worker::Sanitize{work.lease.level,
                                                        work.lease.name,
                                                        {m_options.limits},
                                                        work.lease.passwords,
                                                        work.lease.parts,
                                                        work.lease.options},
                                       passed);
    wipe(work.lease.passwords);
    pipe->write_end.close(); // the worker's copy is the only one: its end is the end of the output
    const auto sanitized = asked ? m_sanitizer.await<worker::Sanitized>(nullptr, m_options.deadlines.sanitize)
                                 : Result<worker::Sanitized>(std::unexpected(asked.error()));
    std::vector<Descriptor> received;
    if (!sanitized) m_store.close(); // nobody may ever end the output
    const auto stored = sanitized ? m_store.await<ledger::OutputStored>(&received, m_options.deadlines.store)
                                  : Result<ledger::OutputStored>(std::unexpected(sanitized.error()));
    receipt.wall_microseconds = microseconds_since(started);
    if (!sanitized) return set_failed(receipt, sanitized.error());
    receipt.type_in = sanitized->type_in;
    receipt.type_out = sanitized->type_out;
    receipt.omitted = sanitized->omitted;
    receipt.findings = sanitized->entries;
    receipt.archive_depth = sanitized->archive_depth;
    receipt.archive_members = sanitized->archive_members;
    set_verdict(receipt, sanitized->verdict, sanitized->reason);
    if (receipt.verdict != Verdict::delivered) return;
    if (!stored) return set_failed(receipt, stored.error());
    if (received.size() != 1) return set_verdict(receipt, Verdict::failed, Reason::internal);
    receipt.digest_out = stored->digest;
    receipt.bytes_out = stored->size;
    work.output = std::move(received.front());
}

void Line::verify(Work& work) {
    StageReceipt& receipt = work.verify;
    receipt = work.sanitize;
    receipt.stage = Stage::verify;
    receipt.findings.clear();
    receipt.archive_depth = receipt.archive_members = 0;
    receipt.omitted = 0;
    receipt.digest_in = receipt.digest_out = work.sanitize.digest_out;
    receipt.bytes_in = receipt.bytes_out = work.sanitize.bytes_out;
    receipt.type_in = receipt.type_out = work.sanitize.type_out;
    work.verified = true;
    const auto started = Clock::now();
    verifier::VerifyOutput question;
    question.ticket.transfer = work.lease.id;
    question.ticket.epoch = work.lease.epoch;
    question.ticket.digest_in = work.lease.digest;
    question.ticket.type = work.sanitize.type_out;
    question.ticket.level = work.lease.level;
    question.ticket.zone_from = work.lease.zone_from;
    question.ticket.zone_to = work.lease.zone_to;
    question.limits.limits = m_options.limits;
    question.options = work.lease.options;
    const int output = work.output.get();
    const auto verified =
        m_verifier.call<verifier::Verified>(question, std::span(&output, 1), nullptr, m_options.deadlines.verify);
    receipt.wall_microseconds = microseconds_since(started);
    if (!verified) return set_failed(receipt, verified.error());
    set_verdict(receipt, verified->verdict, verified->reason);
    work.has_ticket = verified->verdict == Verdict::delivered;
    work.ticket = verified->ticket;
}

Result<> Line::report(Work& work) {
    ledger::Complete complete;
    complete.id = work.lease.id;
    complete.epoch = work.lease.epoch;
    complete.receipts = {work.scan, work.sanitize};
    if (work.verified) complete.receipts.push_back(work.verify);
    complete.options = work.lease.options;
    complete.has_ticket = work.has_ticket;
    complete.ticket = work.ticket;
    TRY(m_ledger.call<Done>(complete));
    return {};
}

} // namespace sekisho::conveyor
