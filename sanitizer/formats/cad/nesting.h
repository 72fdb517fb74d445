// Blocks that are made of blocks: how much a drawing grows to when a program draws it.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "sanitizer/core/budget.h"

namespace sekisho::cad {

class Nesting {
public:
    static constexpr std::uint32_t sheet = 0; // what is drawn itself

    Nesting() : m_own(1) {}

    // The block of that name, made when it is first seen. Refuses Reason::limit_members beyond Limits::members.
    Result<std::uint32_t> block(std::string_view name, const Limits& limits);
    void add_object(std::uint32_t block) { m_own[block] += 1; }
    // `block` draws `part` that many times.
    void add_use(std::uint32_t block, std::uint32_t part, double times);
    // Refuses Reason::cad_nesting for a circle, too many levels, or more objects than any drawing has.
    Result<> check(Budget& budget) const;

private:
    struct Use {
        std::uint32_t part;
        double times;
    };
    using Uses = std::vector<std::vector<Use>>;
    Result<double> weigh(std::uint32_t block, unsigned depth, const Uses& uses, std::vector<double>& known,
                         Budget& budget) const;

    std::unordered_map<std::string, std::uint32_t> m_names;
    std::vector<double> m_own;
    std::unordered_map<std::uint64_t, double> m_uses; // block << 32 | part
};

} // namespace sekisho::cad
