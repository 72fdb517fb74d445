// Sets of small numbers, as large as one policy needs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace sekisho::policy {

inline constexpr std::size_t groups_max = 2048; // of people, of types; also the findings and departments that are named

// A number that was never set is not in it. Grows as needed while a policy is compiled.
class Set {
public:
    bool operator[](std::size_t number) const {
        const std::size_t word = number / 64;
        return word < m_words.size() && ((m_words[word] >> (number % 64)) & 1U) != 0;
    }
    void set(std::size_t number) {
        if (number / 64 >= m_words.size()) m_words.resize(number / 64 + 1);
        m_words[number / 64] |= std::uint64_t{1} << (number % 64);
    }
    Set& operator|=(const Set& other) {
        if (m_words.size() < other.m_words.size()) m_words.resize(other.m_words.size());
        for (std::size_t i = 0; i < other.m_words.size(); ++i) m_words[i] |= other.m_words[i];
        return *this;
    }
    const std::vector<std::uint64_t>& words() const { return m_words; }

private:
    std::vector<std::uint64_t> m_words;
};

// The same on the stack: what is gathered while deciding needs no heap.
class StackSet {
public:
    bool operator[](std::size_t number) const {
        return number < groups_max && ((m_words[number / 64] >> (number % 64)) & 1U) != 0;
    }
    void set(std::size_t number) {
        if (number < groups_max) m_words[number / 64] |= std::uint64_t{1} << (number % 64);
    }
    StackSet& operator|=(const Set& other) {
        const auto& words = other.words();
        for (std::size_t i = 0; i < words.size() && i < m_words.size(); ++i) m_words[i] |= words[i];
        return *this;
    }

private:
    std::array<std::uint64_t, groups_max / 64> m_words{};
};

} // namespace sekisho::policy
