#include "tests/bench/crossing.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "tests/bench/disk.h"

namespace sekisho::bench {

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double middle(std::vector<double> values, double part = 0.5) {
    std::ranges::sort(values);
    return values.empty() ? 0
                          : values[std::min(values.size() - 1,
                                            static_cast<std::size_t>(part * static_cast<double>(values.size())))];
}

struct Times {
    std::vector<double> upload, scan, sanitize, verify, deliverable;
};

Result<> cross(const Scene& scene, Sender& sender, const std::string& name, unsigned variant, Times& times) {
    const Bytes content = TRY(read_file(fmt::format("{}/{}/{}", scene.samples, variant, name), 64 << 20));
    auto start = Clock::now();
    const std::string id = TRY(sender.send(name, content));
    times.upload.push_back(milliseconds_since(start));
    start = Clock::now();
    const std::string state = TRY(sender.settled(id, std::chrono::milliseconds(5)));
    times.deliverable.push_back(milliseconds_since(start));
    if (state != "delivered") return fail("bench.refused", boost::json::serialize(TRY(sender.transfer(id))), name);
    const auto receipt = TRY(sender.receipt(id));
    for (const auto& stage : receipt.at("stages").as_array()) {
        const std::string_view which = stage.at("stage").as_string();
        const double passed = stage.at("microseconds").to_number<double>() / 1000;
        (which == "scan" ? times.scan : which == "verify" ? times.verify : times.sanitize).push_back(passed);
    }
    return {};
}

void print_cost(const std::map<std::string, double>& used, unsigned files) {
    double spine = 0;
    std::string text;
    for (const auto& [name, seconds] : used) {
        if (is_spine(name)) spine += seconds;
        if (seconds > 0) text += fmt::format(" {} {:.2f}", name, seconds * 1000 / files);
    }
    fmt::print("    CPU ms a file:{} | spine {:.2f}\n", text, spine * 1000 / files);
}

Result<> wait_for_all(Sender& sender, std::span<const std::string> ids, std::chrono::milliseconds pause) {
    for (const std::string& id : ids)
        if (TRY(sender.settled(id, pause)) != "delivered") return fail("bench.refused", "a text was not delivered", id);
    return {};
}

// What all senders of one measurement share.
struct Sending {
    std::atomic<unsigned> next = 0;
    std::mutex lock;
    std::vector<std::string> ids;
    std::string failure;

    void send_until(Sender& sender, unsigned files, unsigned first) {
        for (unsigned number = next++; number < files; number = next++) {
            const auto id = sender.send("本文.txt", small_text(first + number));
            const std::lock_guard guard(lock);
            if (!id)
                failure = to_line(id.error());
            else
                ids.push_back(*id);
            if (!id) return;
        }
    }
};

unsigned first_number(unsigned files) {
    static std::atomic<unsigned> used = 0;
    return used.fetch_add(files);
}

} // namespace

Bytes small_text(unsigned number) {
    std::string text = fmt::format("受付番号{}\n", number);
    for (unsigned line = 0; text.size() < small_file; ++line)
        text += fmt::format("第{}条　この通知は、{}番の申請について定める。\n", number + line, number * 7 + line * 13);
    return to_bytes(text);
}

Result<> measure_samples(const Scene& scene) {
    fmt::print("\nwall ms, median of {} different files; deliverable: after the last byte is acknowledged\n",
               scene.variants);
    fmt::print("{:<18} {:>9} {:>9} {:>9} {:>9} {:>12}\n", "sample", "upload", "scan", "rebuild", "verify",
               "deliverable");
    Sender sender(scene.session);
    for (const char* name : {"text-10KB.txt", "docx-20KB.docx", "docx-2MB.docx", "pdf-20-pages.pdf", "jpeg-4MB.jpeg"}) {
        Times times;
        const Census before = take_census(scene.launcher);
        for (unsigned variant = 0; variant < scene.variants; ++variant) TRY(cross(scene, sender, name, variant, times));
        const Census after = take_census(scene.launcher);
        fmt::print("{:<18} {:>9.2f} {:>9.2f} {:>9.2f} {:>9.2f} {:>12.2f}\n", name, middle(times.upload),
                   middle(times.scan), middle(times.sanitize), middle(times.verify), middle(times.deliverable));
        print_cost(used_between(before, after), scene.variants);
    }
    return {};
}

Result<> measure_latency(const Scene& scene, unsigned files) {
    Sender sender(scene.session);
    std::vector<double> passed;
    const unsigned first = first_number(files);
    for (unsigned i = 0; i < files; ++i) {
        const std::string id = TRY(sender.send("本文.txt", small_text(first + i)));
        const auto start = Clock::now();
        if (TRY(sender.settled(id, std::chrono::microseconds(500))) != "delivered")
            return fail("bench.refused", "a text was not delivered", id);
        passed.push_back(milliseconds_since(start));
    }
    fmt::print("\n10 KB text, last byte acknowledged to deliverable, {} files: p50 {:.2f} ms, p95 {:.2f} ms, least "
               "{:.2f} ms\n",
               files, middle(passed), middle(passed, 0.95), middle(passed, 0));
    return {};
}

Result<> measure_rate(const Scene& scene, unsigned senders, unsigned files) {
    Sending sending;
    const unsigned first = first_number(files);
    std::vector<std::unique_ptr<Sender>> clients;
    for (unsigned i = 0; i < senders; ++i) {
        clients.push_back(std::make_unique<Sender>(scene.session));
        if (const auto met = clients.back()->transfer(std::string(32, '0')); !met && met.error().code != "bench.answer")
            return std::unexpected(met.error()); // connected: the handshake is not measured
    }
    const Census before = take_census(scene.launcher);
    const auto start = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (auto& client : clients)
            threads.emplace_back([&, one = client.get()] { sending.send_until(*one, files, first); });
    }
    const double accepted = milliseconds_since(start);
    if (!sending.failure.empty()) return fail("bench.send", sending.failure);
    // They go in the order of their arrival: asking for the last ones costs the gateway nearly nothing.
    const auto last = std::span(sending.ids).last(std::min<std::size_t>(sending.ids.size(), 8));
    TRY(wait_for_all(*clients.front(), last, std::chrono::milliseconds(50)));
    const double delivered = milliseconds_since(start);
    const Census after = take_census(scene.launcher);
    TRY(wait_for_all(*clients.front(), sending.ids, std::chrono::milliseconds(20)));
    fmt::print("{:>3} senders, {} files: accepted {:.0f}/s, delivered {:.0f}/s\n", senders, files,
               files * 1000 / accepted, files * 1000 / delivered);
    print_cost(used_between(before, after), files);
    return {};
}

void print_memory(const Scene& scene) {
    fmt::print("\npeak memory of the largest process of each name (VmHWM), MiB:");
    for (const auto& [name, usage] : take_census(scene.launcher))
        fmt::print(" {} {:.0f} ({})", name, static_cast<double>(usage.peak_kib) / 1024, usage.processes);
    fmt::print("\n");
}

} // namespace sekisho::bench
