// Does deciding leave the heap alone?
#include <atomic>
#include <cstdlib>
#include <new>

#include "policy/engine/compiled.h"
#include "tests/policy/engine/build.h"

namespace {

std::atomic<std::size_t> allocations = 0;

} // namespace

// Not inlined, or the compiler compares the new of one with the free of the other.
[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    void* memory = std::malloc(size);
    if (memory == nullptr) throw std::bad_alloc();
    return memory;
}

[[gnu::noinline]] void operator delete(void* memory) noexcept {
    std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace sekisho::policy {

namespace {

// Two hundred rules each way, some with every kind of condition, exceptions and calendars.
Policy large() {
    std::string rules = "calendar open = japan except 2026-12-29..2027-01-03\n"
                        "flow \"T-001\" from internet host 203.0.113.10 mac 02:00:00:00:00:01 port 443 "
                        "to lgwan host 192.0.2.20 mac 02:00:00:00:00:02 port 8443 peer eltax reason \"-\"\n"
                        "forbid \"F-1\" from any to any when type is pdf\n"
                        "exception \"E-1\" of \"F-1\" from internet to lgwan when day in open requested by \"a\" "
                        "approved by \"b\" until 2026-12-31\n";
    for (int i = 0; i < 200; ++i)
        rules += "allow \"R-" + std::to_string(i) +
                 "000000000000000000\" from internet to lgwan when type in office and " +
                 (i % 2 == 0 ? "size > 90MB" : "size <= 90MB") +
                 " and user in tax and day in open and name like \"*書*.pdf\" and origin is internet and class <= 3B "
                 "and channel is portal and flow in specific and recipient is \"佐藤\" and not findings has pdf.launch "
                 "and date in 2026-01-01..2026-12-31 and dlp.count < 5 and not dlp has card and dept is \"税務課\" "
                 "require approve 2 by chief, watermark \"とても長い透かしの文章です\", keep 3 days\n";
    return loaded(with_head(rules));
}

Sample sample() {
    Sample sample = unremarkable();
    sample.from = sample.origin = "internet";
    sample.to = "lgwan";
    sample.sender = "田中";
    sample.sender_groups = {"税務課", "とても長い名前の職員アカウントのグループ"};
    sample.recipient = "佐藤";
    sample.type = "pdf";
    sample.name = "とても長い名前の申請書カ\u3099.PDF"; // not composed
    sample.size = 1'000'000;
    sample.findings = {"ooxml.macro"};
    sample.data = {"phone"};
    sample.confidentiality = Confidentiality::two;
    sample.flow = "T-001";
    sample.minute = 600;
    sample.day = std::chrono::sys_days(std::chrono::year(2026) / 6 / 1);
    return sample;
}

TEST(Allocation, ARulingAllocatesNothing) {
    const Policy policy = large();
    const Sample known = sample();
    const Asked asked(known);
    Ruling ruling;
    policy.rule(asked.request(), ruling); // whatever the Unicode tables load once, and the ruling's own memory
    const std::size_t before = allocations;
    policy.rule(asked.request(), ruling);
    const bool possible = policy.possible(asked.request());
    const std::size_t after = allocations;
    EXPECT_EQ(after, before);
    EXPECT_EQ(ruling.outcome, Outcome::allow);
    EXPECT_EQ(ruling.rules.size(), 100U);
    EXPECT_TRUE(possible);
    EXPECT_EQ(policy.words(ruling), policy.decide(asked.request()));
}

TEST(Allocation, NeitherDoesADenial) {
    const Policy policy = large();
    Sample unknown = sample();
    unknown.day.reset(); // the exception cannot be known to hold
    const Asked asked(unknown);
    policy.decide(asked.request());
    Ruling ruling;
    policy.rule(asked.request(), ruling);
    const std::size_t before = allocations;
    policy.rule(asked.request(), ruling);
    EXPECT_EQ(allocations, before);
    EXPECT_EQ(ruling.ground, Ground::not_certain);
}

} // namespace

} // namespace sekisho::policy
