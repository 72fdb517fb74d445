// The fields of one record. Reading past its end gives zeros and makes it not good: a handler reads all it needs, asks
// once, and only then acts.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "base/bytes/bytes.h"
#include "sanitizer/formats/metafile/geometry.h"

namespace sekisho::metafile {

class Fields {
public:
    explicit Fields(View view) : m_view(view) {}

    bool good() const { return m_good; }
    std::size_t remaining() const { return m_view.size() - m_at; }
    std::size_t position() const { return m_at; }
    View whole() const { return m_view; }

    void seek(std::size_t position) {
        if (position > m_view.size()) m_good = false;
        m_at = m_good ? position : m_view.size();
    }
    void skip(std::size_t count) {
        if (count > remaining())
            seek(m_view.size() + 1);
        else
            m_at += count;
    }
    View bytes(std::size_t count) {
        if (count > remaining()) {
            seek(m_view.size() + 1);
            return {};
        }
        m_at += count;
        return m_view.subspan(m_at - count, count);
    }
    // A part of the record elsewhere; empty and not good if it is not inside.
    View part(std::uint64_t offset, std::uint64_t size) {
        if (offset <= m_view.size() && size <= m_view.size() - offset) return m_view.subspan(offset, size);
        m_good = false;
        return {};
    }

    std::uint8_t u8() { return number<std::uint8_t>(); }
    std::uint16_t u16() { return number<std::uint16_t>(); }
    std::uint32_t u32() { return number<std::uint32_t>(); }
    std::int16_t i16() { return static_cast<std::int16_t>(u16()); }
    std::int32_t i32() { return static_cast<std::int32_t>(u32()); }
    double real() { // what is not a number counts as zero
        const float value = std::bit_cast<float>(u32());
        return std::isfinite(value) ? static_cast<double>(value) : 0.0;
    }
    Point point32() {
        const double x = i32();
        return {x, static_cast<double>(i32())};
    }
    Point point16() {
        const double x = i16();
        return {x, static_cast<double>(i16())};
    }
    Rect rect32() {
        const Point first = point32();
        const Point second = point32();
        return {first.x, first.y, second.x, second.y};
    }

private:
    template <typename Integer> Integer number() {
        const View view = bytes(sizeof(Integer));
        Integer value = 0;
        for (std::size_t i = 0; i < view.size(); ++i)
            value = static_cast<Integer>(value | static_cast<Integer>(Integer{view[i]} << (8 * i)));
        return value;
    }

    View m_view;
    std::size_t m_at = 0;
    bool m_good = true;
};

} // namespace sekisho::metafile
