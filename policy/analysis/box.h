// A box: one set of classes for every dimension, and so all points whose class is in the set in every dimension. What a
// dimension means, and what its classes stand for, is Space's (space.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sekisho::policy {

using Word = std::uint64_t;
// Of sets of one size.
bool any_common(std::span<const Word> a, std::span<const Word> b);
bool within(std::span<const Word> inner, std::span<const Word> outer);
inline constexpr std::size_t word_bits = 64;

// A set of the classes of one dimension.
class Classes {
public:
    Classes() = default;
    explicit Classes(std::size_t size, bool full = false);
    static Classes only(std::size_t size, std::size_t member);

    std::size_t size() const { return m_size; }
    bool has(std::size_t i) const { return (m_words[i / word_bits] >> (i % word_bits)) & 1; }
    void add(std::size_t i) { m_words[i / word_bits] |= Word{1} << (i % word_bits); }
    void remove(std::size_t i) { m_words[i / word_bits] &= ~(Word{1} << (i % word_bits)); }
    void add(const Classes& other);
    void remove(const Classes& other);
    void keep(const Classes& other);
    Classes complement() const;
    bool empty() const;
    bool full() const;
    std::size_t count() const;
    std::size_t first() const; // size() if empty
    std::span<const Word> words() const { return m_words; }
    std::span<Word> words() { return m_words; }
    friend bool operator==(const Classes&, const Classes&) = default;
    friend auto operator<=>(const Classes&, const Classes&) = default;

private:
    std::size_t m_size = 0;
    std::vector<Word> m_words; // INVARIANT: no bits beyond m_size
};

// How many classes each dimension has; all boxes that meet are of one shape.
class Shape {
public:
    std::size_t add(std::size_t classes); // the number of the new dimension
    std::size_t dimensions() const { return m_parts.size(); }
    std::size_t classes(std::size_t dimension) const { return m_parts[dimension].classes; }
    std::size_t first_word(std::size_t dimension) const { return m_parts[dimension].first_word; }
    std::size_t words(std::size_t dimension) const { return (classes(dimension) + word_bits - 1) / word_bits; }
    std::size_t words() const { return m_full.size(); }
    std::span<const Word> full() const { return m_full; }

private:
    struct Part {
        std::size_t classes;
        std::size_t first_word;
    };
    std::vector<Part> m_parts;
    std::vector<Word> m_full; // all sets full
};

// A class for each dimension.
using Point = std::vector<std::uint32_t>;

// INVARIANT: no set is empty.
class Box {
public:
    explicit Box(const Shape& shape); // everything

    // Leaves in one dimension only what is in the set. False if nothing would be left: the box is as it was.
    bool narrow(const Shape& shape, std::size_t dimension, std::span<const Word> set);
    bool narrow(const Shape& shape, std::size_t dimension, const Classes& set) {
        return narrow(shape, dimension, set.words());
    }
    // Leaves only what is in the other box, too.
    bool narrow(const Shape& shape, const Box& other);
    // Leaves in one dimension only what is not in the set.
    bool exclude(const Shape& shape, std::size_t dimension, std::span<const Word> set);
    // In place of what the set of that dimension was; it must not be empty.
    void replace(const Shape& shape, std::size_t dimension, const Classes& set);

    std::span<const Word> set(const Shape& shape, std::size_t dimension) const {
        return std::span(m_words).subspan(shape.first_word(dimension), shape.words(dimension));
    }
    Classes classes(const Shape& shape, std::size_t dimension) const;
    // The dimensions whose sets are not full, in order.
    std::span<const std::uint32_t> narrowed() const { return m_narrowed; }

    bool contains(const Point& point, const Shape& shape) const;
    bool contains(const Box& other, const Shape& shape) const;
    bool meets(const Box& other, const Shape& shape) const;
    // As meets(), but as if the sets of one dimension were full.
    bool meets_beside(const Box& other, const Shape& shape, std::size_t dimension) const;
    // If the two differ in one dimension only, takes in the other and is true.
    bool merge(const Shape& shape, const Box& other);
    Point witness(const Shape& shape) const; // its first point
    friend bool operator==(const Box& a, const Box& b) { return a.m_words == b.m_words; }

private:
    std::span<Word> set(const Shape& shape, std::size_t dimension) {
        return std::span(m_words).subspan(shape.first_word(dimension), shape.words(dimension));
    }
    void note_narrowed(const Shape& shape, std::size_t dimension);

    std::vector<Word> m_words;
    std::vector<std::uint32_t> m_narrowed;
};

} // namespace sekisho::policy
