// Mirrors and transposes a picture on its coefficients: a mirror changes the sign of every odd frequency of that
// direction, a transposition swaps the two frequencies. Exact, no pixel is computed.
#include <algorithm>

#include "sanitizer/formats/image/jpeg_codec.h"

namespace sekisho::image {

namespace {

// For each coefficient its new place, and -1 where its sign changes.
struct Plan {
    std::array<std::uint8_t, DCTSIZE2> place{};
    std::array<JCOEF, DCTSIZE2> sign{};
};

Plan plan_of(Turn turn) {
    Plan plan;
    for (std::size_t row = 0; row < DCTSIZE; ++row) {
        for (std::size_t column = 0; column < DCTSIZE; ++column) {
            const bool negative = (turn.mirror_rows && row % 2 != 0) != (turn.mirror_columns && column % 2 != 0);
            const std::size_t place = turn.transpose ? column * DCTSIZE + row : row * DCTSIZE + column;
            plan.place[row * DCTSIZE + column] = static_cast<std::uint8_t>(place);
            plan.sign[row * DCTSIZE + column] = static_cast<JCOEF>(negative ? -1 : 0);
        }
    }
    return plan;
}

void turn_block(const JBLOCK& from, JBLOCK& to, const Plan& plan) {
    for (std::size_t i = 0; i < DCTSIZE2; ++i)
        to[plan.place[i]] = static_cast<JCOEF>((from[i] ^ plan.sign[i]) - plan.sign[i]);
}

} // namespace

// The arrays must be asked for before libjpeg lays out its memory.
void JpegCodec::request_turned(JpegCodec& codec) {
    auto* info = static_cast<j_common_ptr>(static_cast<void*>(&codec.m_in));
    for (int i = 0; i < codec.m_in.num_components; ++i) {
        const jpeg_component_info& component = codec.m_in.comp_info[i];
        JDIMENSION width = component.width_in_blocks;
        JDIMENSION height = component.height_in_blocks;
        auto across = static_cast<JDIMENSION>(component.h_samp_factor);
        auto down = static_cast<JDIMENSION>(component.v_samp_factor);
        if (codec.m_turn.transpose) {
            std::swap(width, height);
            std::swap(across, down);
        }
        codec.m_turned_blocks[static_cast<std::size_t>(i)] = codec.m_in.mem->request_virt_barray(
            info, JPOOL_IMAGE, TRUE, (width + across - 1) / across * across, (height + down - 1) / down * down, down);
    }
}

// In strips of rows, so that a transposed picture is written in runs of blocks and not one block per memory page.
// The row pointers stay valid: libjpeg here keeps its arrays in memory or fails.
void JpegCodec::turn_all(JpegCodec& codec) {
    constexpr JDIMENSION strip = 8;
    auto* info = static_cast<j_common_ptr>(static_cast<void*>(&codec.m_in));
    const Turn turn = codec.m_turn;
    const Plan plan = plan_of(turn);
    for (int i = 0; i < codec.m_in.num_components; ++i) {
        const JDIMENSION rows = codec.m_in.comp_info[i].height_in_blocks;
        const JDIMENSION columns = codec.m_in.comp_info[i].width_in_blocks;
        jvirt_barray_ptr to = codec.m_turned_blocks[static_cast<std::size_t>(i)];
        const auto target_row = [&](JDIMENSION y) {
            return codec.m_in.mem->access_virt_barray(info, to, y, 1, TRUE)[0];
        };
        for (JDIMENSION top = 0; top < rows; top += strip) {
            const JDIMENSION height = std::min(strip, rows - top);
            std::array<JBLOCKROW, strip> from{};
            std::array<JBLOCKROW, strip> straight{};
            for (JDIMENSION row = 0; row < height; ++row) {
                from[row] = codec.m_in.mem->access_virt_barray(info, codec.m_blocks[i], top + row, 1, FALSE)[0];
                const JDIMENSION y = turn.mirror_rows ? rows - 1 - top - row : top + row;
                if (!turn.transpose) straight[row] = target_row(y);
            }
            for (JDIMENSION column = 0; column < columns; ++column) {
                const JDIMENSION x = turn.mirror_columns ? columns - 1 - column : column;
                JBLOCKROW turned = turn.transpose ? target_row(x) : nullptr;
                for (JDIMENSION row = 0; row < height; ++row) {
                    const JDIMENSION y = turn.mirror_rows ? rows - 1 - top - row : top + row;
                    turn_block(from[row][column], turn.transpose ? turned[y] : straight[row][x], plan);
                }
            }
        }
    }
}

} // namespace sekisho::image
