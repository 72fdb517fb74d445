#include "sanitizer/formats/image/png_grey.h"

namespace sekisho::image {

PngGrey::PngGrey(const PngPlan& plan) : m_shape(plan.shape), m_grey(plan.shape.width, plan.shape.height) {
    if (m_shape.depth != 8 || m_shape.colour == 3) m_samples.resize(std::size_t{m_shape.width} * m_shape.samples());
    const unsigned most = m_shape.depth < 8 ? (1U << m_shape.depth) - 1 : 255;
    for (std::size_t i = 0; m_shape.colour != 3 && i <= most; ++i)
        m_palette[i] = static_cast<std::uint8_t>(i * 255 / most);
    for (std::size_t i = 0; m_shape.colour == 3 && i < plan.palette.size() / 3; ++i) {
        const unsigned alpha = i < plan.transparency.size() ? plan.transparency[i] : 255U;
        const View colour = View(plan.palette).subspan(3 * i, 3);
        m_palette[i] = codes::on_white(codes::brightness(colour[0], colour[1], colour[2]), alpha);
    }
}

void PngGrey::add(View row) {
    if (m_samples.empty())
        m_grey.add_row(row, m_shape.samples());
    else
        add_samples(row);
}

void PngGrey::add_samples(View row) {
    const unsigned depth = m_shape.depth;
    for (std::size_t i = 0; i < m_samples.size(); ++i) {
        const std::size_t bit = i * depth;
        const std::uint8_t byte = row[bit / 8]; // of 16 bits the high ones
        if (depth == 16)
            m_samples[i] = byte;
        else
            m_samples[i] = m_palette[(byte >> (8 - depth - bit % 8)) & ((1U << depth) - 1)];
    }
    m_grey.add_row(m_samples, m_shape.samples());
}

} // namespace sekisho::image
