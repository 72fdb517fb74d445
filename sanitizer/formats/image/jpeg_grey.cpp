// The brightness of a picture straight from its coefficients. Each block becomes a square of 1 to 8 pixels a side, made
// of as many of its lowest frequencies: a photograph costs no decoding that way.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "sanitizer/formats/image/jpeg_codec.h"

namespace sekisho::image {

namespace {

// The inverse transform (T.81 A.3.3) for `side` points: share of frequency `u` in point `x`.
struct Basis {
    std::size_t side = 1;
    std::array<std::array<float, DCTSIZE>, DCTSIZE> share{};
};

Basis basis_of(std::size_t side) {
    Basis basis{.side = side};
    for (std::size_t x = 0; x < side; ++x)
        for (std::size_t u = 0; u < side; ++u) {
            const double angle =
                static_cast<double>((2 * x + 1) * u) * std::numbers::pi / (2.0 * static_cast<double>(side));
            basis.share[x][u] = static_cast<float>(u == 0 ? 0.5 / std::numbers::sqrt2 : 0.5 * std::cos(angle));
        }
    return basis;
}

void draw_block(const JBLOCK& block, const JQUANT_TBL& table, const Basis& basis, std::uint8_t* to,
                std::size_t stride) {
    std::array<std::array<float, DCTSIZE>, DCTSIZE> across{};
    for (std::size_t v = 0; v < basis.side; ++v)
        for (std::size_t u = 0; u < basis.side; ++u) {
            const std::size_t at = v * DCTSIZE + u;
            if (block[at] == 0) continue;
            const float value = static_cast<float>(block[at]) * static_cast<float>(table.quantval[at]);
            for (std::size_t x = 0; x < basis.side; ++x) across[v][x] += basis.share[x][u] * value;
        }
    for (std::size_t y = 0; y < basis.side; ++y)
        for (std::size_t x = 0; x < basis.side; ++x) {
            float sum = 128;
            for (std::size_t v = 0; v < basis.side; ++v) sum += basis.share[y][v] * across[v][x];
            to[y * stride + x] = static_cast<std::uint8_t>(std::clamp(sum, 0.0F, 255.0F));
        }
}

// The largest that fits the copy; 1 for a picture that is too large even so.
std::size_t side_for(std::uint64_t blocks) {
    std::size_t side = DCTSIZE;
    while (side > 1 && blocks * side * side > codes::Grey::most_pixels) --side;
    return side;
}

} // namespace

// Luminance, green, or of printing colours the black, with which codes are printed.
std::size_t JpegCodec::bright_component() const {
    return m_in.num_components == 4 ? 3 : m_in.jpeg_color_space == JCS_RGB ? 1 : 0;
}

bool JpegCodec::look_at_coefficients() {
    const jpeg_component_info& component = m_in.comp_info[bright_component()];
    const std::size_t side = side_for(std::uint64_t{component.width_in_blocks} * component.height_in_blocks);
    m_grey = codes::Grey(static_cast<std::uint32_t>(component.width_in_blocks * side),
                         static_cast<std::uint32_t>(component.height_in_blocks * side));
    m_row.resize(component.width_in_blocks * side * side);
    return guarded([](JpegCodec& codec) {
        auto* info = static_cast<j_common_ptr>(static_cast<void*>(&codec.m_in));
        const jpeg_component_info& bright = codec.m_in.comp_info[codec.bright_component()];
        if (!bright.quant_table) return;
        const Basis basis = basis_of(side_for(std::uint64_t{bright.width_in_blocks} * bright.height_in_blocks));
        const std::size_t stride = bright.width_in_blocks * basis.side;
        for (JDIMENSION row = 0; row < bright.height_in_blocks; ++row) {
            jvirt_barray_ptr all = codec.m_blocks[codec.bright_component()];
            const JBLOCKROW blocks = codec.m_in.mem->access_virt_barray(info, all, row, 1, FALSE)[0];
            for (JDIMENSION column = 0; column < bright.width_in_blocks; ++column)
                draw_block(blocks[column], *bright.quant_table, basis, codec.m_row.data() + column * basis.side,
                           stride);
            for (std::size_t y = 0; y < basis.side; ++y)
                codec.m_grey.add_plane(View(codec.m_row).subspan(y * stride, stride), 1);
        }
    });
}

void JpegCodec::look_at_row(View row) {
    m_grey.add_plane(row.subspan(bright_component()), static_cast<std::size_t>(m_in.output_components));
}

} // namespace sekisho::image
