#include "sanitizer/formats/codes/grey.h"

#include <algorithm>

namespace sekisho::codes {

std::uint8_t brightness(std::uint32_t red, std::uint32_t green, std::uint32_t blue) {
    return static_cast<std::uint8_t>((77 * red + 150 * green + 29 * blue + 128) >> 8);
}

std::uint8_t on_white(std::uint32_t grey, std::uint32_t alpha) {
    return static_cast<std::uint8_t>((grey * alpha + 255 * (255 - alpha) + 127) / 255);
}

std::uint32_t Grey::factor_for(std::uint64_t width, std::uint64_t height) {
    std::uint32_t factor = 1;
    while ((width / factor) * (height / factor) > most_pixels) ++factor;
    return factor;
}

Grey::Grey(std::uint32_t width, std::uint32_t height)
    : m_factor(factor_for(width, height)), m_width(width / m_factor), m_height(height / m_factor),
      m_row(std::size_t{m_width} * m_factor), m_sums(m_width),
      m_pixels(std::size_t{m_width} * m_height, std::uint8_t{0xFF}) {}

void Grey::add_row(View row, unsigned samples) {
    const std::size_t count = std::min(m_row.size(), row.size() / samples);
    const std::uint8_t* from = row.data();
    for (std::size_t i = 0; i < count; ++i, from += samples) {
        const std::uint8_t grey = samples < 3 ? from[0] : brightness(from[0], from[1], from[2]);
        const bool has_alpha = samples == 2 || samples == 4;
        m_row[i] = has_alpha ? on_white(grey, from[samples - 1]) : grey;
    }
    finish_square();
}

void Grey::add_plane(View row, std::size_t step) {
    const std::size_t count = std::min(m_row.size(), (row.size() + step - 1) / step);
    for (std::size_t i = 0; i < count; ++i) m_row[i] = row[i * step];
    finish_square();
}

void Grey::finish_square() {
    const std::uint32_t y = m_rows++ / m_factor;
    if (y >= m_height) return;
    std::uint8_t* const to = m_pixels.data() + std::size_t{y} * m_width;
    if (m_factor == 1) {
        std::ranges::copy(m_row, to);
        return;
    }
    const std::uint8_t* from = m_row.data();
    for (std::uint32_t& sum : m_sums)
        for (std::uint32_t i = 0; i < m_factor; ++i) sum += *from++;
    if (m_rows % m_factor != 0) return;
    const std::uint32_t area = m_factor * m_factor;
    for (std::size_t x = 0; x < m_width; ++x) to[x] = static_cast<std::uint8_t>(m_sums[x] / area);
    std::ranges::fill(m_sums, 0U);
}

} // namespace sekisho::codes
