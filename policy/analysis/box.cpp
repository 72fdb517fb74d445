#include "policy/analysis/box.h"

#include <algorithm>
#include <bit>

namespace sekisho::policy {

namespace {

Word last_word_of(std::size_t size) {
    const std::size_t used = size % word_bits;
    return used == 0 ? ~Word{0} : (Word{1} << used) - 1;
}

} // namespace

bool any_common(std::span<const Word> a, std::span<const Word> b) {
    for (std::size_t i = 0; i < a.size(); ++i)
        if ((a[i] & b[i]) != 0) return true;
    return false;
}

bool within(std::span<const Word> inner, std::span<const Word> outer) {
    for (std::size_t i = 0; i < inner.size(); ++i)
        if ((inner[i] & ~outer[i]) != 0) return false;
    return true;
}

Classes::Classes(std::size_t size, bool full)
    : m_size(size), m_words((size + word_bits - 1) / word_bits, full ? ~Word{0} : 0) {
    if (full && !m_words.empty()) m_words.back() = last_word_of(size);
}

Classes Classes::only(std::size_t size, std::size_t member) {
    Classes out(size);
    out.add(member);
    return out;
}

void Classes::add(const Classes& other) {
    for (std::size_t i = 0; i < m_words.size(); ++i) m_words[i] |= other.m_words[i];
}

void Classes::remove(const Classes& other) {
    for (std::size_t i = 0; i < m_words.size(); ++i) m_words[i] &= ~other.m_words[i];
}

void Classes::keep(const Classes& other) {
    for (std::size_t i = 0; i < m_words.size(); ++i) m_words[i] &= other.m_words[i];
}

Classes Classes::complement() const {
    Classes out(m_size, true);
    out.remove(*this);
    return out;
}

bool Classes::empty() const {
    return std::ranges::all_of(m_words, [](Word word) { return word == 0; });
}

bool Classes::full() const {
    return count() == m_size;
}

std::size_t Classes::count() const {
    std::size_t count = 0;
    for (const Word word : m_words) count += static_cast<std::size_t>(std::popcount(word));
    return count;
}

std::size_t Classes::first() const {
    for (std::size_t i = 0; i < m_words.size(); ++i)
        if (m_words[i] != 0) return i * word_bits + static_cast<std::size_t>(std::countr_zero(m_words[i]));
    return m_size;
}

std::size_t Shape::add(std::size_t classes) {
    m_parts.push_back({classes, m_full.size()});
    m_full.resize(m_full.size() + words(m_parts.size() - 1), ~Word{0});
    m_full.back() = last_word_of(classes);
    return m_parts.size() - 1;
}

Box::Box(const Shape& shape) : m_words(shape.full().begin(), shape.full().end()) {}

void Box::note_narrowed(const Shape& shape, std::size_t dimension) {
    const auto number = static_cast<std::uint32_t>(dimension);
    const auto full = shape.full().subspan(shape.first_word(dimension), shape.words(dimension));
    const bool narrowed = !std::ranges::equal(set(shape, dimension), full);
    const auto at = std::ranges::lower_bound(m_narrowed, number);
    const bool noted = at != m_narrowed.end() && *at == number;
    if (narrowed && !noted) m_narrowed.insert(at, number);
    if (!narrowed && noted) m_narrowed.erase(at);
}

bool Box::narrow(const Shape& shape, std::size_t dimension, std::span<const Word> kept) {
    const std::span<Word> words = set(shape, dimension);
    if (!any_common(words, kept)) return false;
    for (std::size_t i = 0; i < words.size(); ++i) words[i] &= kept[i];
    note_narrowed(shape, dimension);
    return true;
}

bool Box::narrow(const Shape& shape, const Box& other) {
    if (!meets(other, shape)) return false;
    for (const std::uint32_t dimension : other.m_narrowed) narrow(shape, dimension, other.set(shape, dimension));
    return true;
}

bool Box::exclude(const Shape& shape, std::size_t dimension, std::span<const Word> excluded) {
    const std::span<Word> words = set(shape, dimension);
    if (within(words, excluded)) return false;
    for (std::size_t i = 0; i < words.size(); ++i) words[i] &= ~excluded[i];
    note_narrowed(shape, dimension);
    return true;
}

void Box::replace(const Shape& shape, std::size_t dimension, const Classes& classes) {
    std::ranges::copy(classes.words(), set(shape, dimension).begin());
    note_narrowed(shape, dimension);
}

Classes Box::classes(const Shape& shape, std::size_t dimension) const {
    Classes out(shape.classes(dimension));
    std::ranges::copy(set(shape, dimension), out.words().begin());
    return out;
}

bool Box::contains(const Point& point, const Shape& shape) const {
    return std::ranges::all_of(m_narrowed, [&](std::uint32_t dimension) {
        const std::uint32_t at = point[dimension];
        return ((set(shape, dimension)[at / word_bits] >> (at % word_bits)) & 1) != 0;
    });
}

bool Box::contains(const Box& other, const Shape& shape) const {
    return std::ranges::all_of(m_narrowed, [&](std::uint32_t dimension) {
        return within(other.set(shape, dimension), set(shape, dimension));
    });
}

bool Box::meets(const Box& other, const Shape& shape) const {
    return meets_beside(other, shape, shape.dimensions());
}

bool Box::meets_beside(const Box& other, const Shape& shape, std::size_t beside) const {
    const Box& fewer = m_narrowed.size() < other.m_narrowed.size() ? *this : other;
    const Box& more = &fewer == this ? other : *this;
    return std::ranges::all_of(fewer.m_narrowed, [&](std::uint32_t dimension) {
        return dimension == beside || any_common(fewer.set(shape, dimension), more.set(shape, dimension));
    });
}

bool Box::merge(const Shape& shape, const Box& other) {
    if (m_narrowed != other.m_narrowed) return false; // else one contains the other, or they differ in two
    std::size_t differing = shape.dimensions();
    for (const std::uint32_t dimension : m_narrowed) {
        if (std::ranges::equal(set(shape, dimension), other.set(shape, dimension))) continue;
        if (differing != shape.dimensions()) return false;
        differing = dimension;
    }
    if (differing == shape.dimensions()) return true;
    const std::span<Word> mine = set(shape, differing);
    const std::span<const Word> its = other.set(shape, differing);
    for (std::size_t i = 0; i < mine.size(); ++i) mine[i] |= its[i];
    note_narrowed(shape, differing);
    return true;
}

Point Box::witness(const Shape& shape) const {
    Point point(shape.dimensions());
    for (std::size_t i = 0; i < point.size(); ++i) point[i] = static_cast<std::uint32_t>(classes(shape, i).first());
    return point;
}

} // namespace sekisho::policy
