// Does deciding leave the heap alone, but for the answer?
#include <atomic>
#include <cstdlib>
#include <new>

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

TEST(Allocation, ADenialWithoutARuleAllocatesNothing) {
    std::string rules;
    for (int i = 0; i < 200; ++i)
        rules += "allow \"R-" + std::to_string(i) +
                 "\" from internet to lgwan when type in office and size > 90MB and user in tax\n";
    const Policy policy = loaded(with_head(rules));
    const Request asked = request();
    policy.decide(asked); // whatever the Unicode tables load once
    const std::size_t before = allocations;
    const Decision decision = policy.decide(asked);
    const bool possible = policy.possible(asked);
    const std::size_t after = allocations;
    EXPECT_EQ(after, before);
    EXPECT_EQ(decision.ground, Ground::no_rule);
    EXPECT_FALSE(possible);
}

} // namespace

} // namespace sekisho::policy
