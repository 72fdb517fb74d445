#include "sanitizer/formats/image/png_filter.h"

#include <algorithm>
#include <array>

namespace sekisho::image {

namespace {

using Octets = std::span<std::uint8_t>;

void sub(View row, View, std::size_t step, Octets out) {
    std::copy_n(row.begin(), step, out.begin());
    for (std::size_t i = step; i < row.size(); ++i) out[i] = static_cast<std::uint8_t>(row[i] - row[i - step]);
}

void up(View row, View above, std::size_t, Octets out) {
    for (std::size_t i = 0; i < row.size(); ++i) out[i] = static_cast<std::uint8_t>(row[i] - above[i]);
}

void paeth(View row, View above, std::size_t step, Octets out) {
    for (std::size_t i = 0; i < step; ++i) out[i] = static_cast<std::uint8_t>(row[i] - above[i]);
    for (std::size_t i = step; i < row.size(); ++i) {
        const int left = row[i - step];
        const int top = above[i];
        const int corner = above[i - step];
        const int by_left = std::abs(top - corner);
        const int by_top = std::abs(left - corner);
        const int by_corner = std::abs(left + top - 2 * corner);
        const int other = by_top <= by_corner ? top : corner;
        const int guess = by_left <= by_top && by_left <= by_corner ? left : other;
        out[i] = static_cast<std::uint8_t>(row[i] - guess);
    }
}

// Small values on both sides of zero compress best.
std::uint64_t cost(View filtered) {
    std::uint64_t total = 0;
    while (!filtered.empty()) {
        const View part = filtered.first(std::min<std::size_t>(filtered.size(), 1U << 20));
        std::uint32_t sum = 0; // fits: at most 128 each
        for (const std::uint8_t value : part) sum += value < 128 ? value : 256U - value;
        total += sum;
        filtered = filtered.subspan(part.size());
    }
    return total;
}

using Filter = void (*)(View, View, std::size_t, Octets);
constexpr std::array<std::pair<std::uint8_t, Filter>, 3> filters = {{{1, sub}, {2, up}, {4, paeth}}};

} // namespace

PngFilter::PngFilter(const PngShape& shape)
    : m_pixel_bytes(shape.pixel_bytes()), m_plain(shape.colour == 3 || shape.depth < 8), m_above(shape.row_bytes()),
      m_trial(shape.row_bytes()) {}

void PngFilter::apply(View row, std::span<std::uint8_t> out) {
    out[0] = 0;
    std::ranges::copy(row, out.begin() + 1);
    if (m_plain) return;
    std::uint64_t best = cost(row);
    for (const auto& [number, filter] : filters) {
        filter(row, m_above, m_pixel_bytes, m_trial);
        const std::uint64_t trial = cost(m_trial);
        if (trial >= best) continue;
        best = trial;
        out[0] = number;
        std::ranges::copy(m_trial, out.begin() + 1);
    }
    std::ranges::copy(row, m_above.begin());
}

} // namespace sekisho::image
